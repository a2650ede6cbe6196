package dev.sluice.provider.wechat;

import java.util.List;
import java.util.Optional;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.ChannelSettings;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.Presentation;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.notification.NotificationFormat;
import dev.sluice.provider.notification.NotificationVerifier;
import dev.sluice.provider.wechat.account.WechatSettings;
import dev.sluice.provider.wechat.v2.WechatV2;
import dev.sluice.provider.wechat.v2.bill.WechatBillFormat;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Settings;
import dev.sluice.text.Texts;

/// WeChat Pay, by version 2 of its interface.
public final class WechatChannel implements PaymentChannel {
    @Override
    public Provider provider() {
        return WechatSettings.PROVIDER;
    }

    @Override
    public ChannelSettings settings() {
        return WechatSettings.ALL;
    }

    @Override
    public List<BadSettingException> faults(Settings settings) {
        return BadSettingException.among(() -> WechatV2.check(settings));
    }

    @Override
    public Optional<BadSettingException> refundFault(Settings settings) {
        return WechatSettings.refundFault(settings);
    }

    @Override
    public Optional<ProviderConnection> speaking(Settings settings) {
        return WechatV2.speaking(settings);
    }

    @Override
    public Optional<NotificationVerifier> verifying(Settings settings) {
        return WechatV2.verifying(settings);
    }

    @Override
    public NotificationFormat notifications() {
        return WechatV2.NOTIFICATIONS;
    }

    @Override
    public Optional<BillFormat> bills() {
        return Optional.of(new WechatBillFormat());
    }

    @Override
    public Presentation presentation() {
        return new Presentation("rgba(var(--semi-green-5), 1)", Texts.beside(WechatChannel.class));
    }
}
