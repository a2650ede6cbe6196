package dev.sluice.provider.alipay;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.ChannelSettings;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.Presentation;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.alipay.account.AlipayMerchant;
import dev.sluice.provider.alipay.account.AlipaySettings;
import dev.sluice.provider.alipay.account.AlipayVerificationKeys;
import dev.sluice.provider.alipay.bill.AlipayBillFormat;
import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.notification.NotificationFormat;
import dev.sluice.provider.notification.NotificationVerifier;
import dev.sluice.provider.notification.RotatingVerifier;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Settings;
import dev.sluice.text.Texts;

/// Alipay, by its open platform.
public final class AlipayChannel implements PaymentChannel {
    /// Made at start, for the directory.
    public AlipayChannel() {
        AlipaySdk.load();
    }

    @Override
    public Provider provider() {
        return AlipaySettings.PROVIDER;
    }

    @Override
    public ChannelSettings settings() {
        return AlipaySettings.ALL;
    }

    @Override
    public List<BadSettingException> faults(Settings settings) {
        return BadSettingException.among(() -> AlipayVerificationKeys.from(settings), () -> AlipayMerchant.from(settings));
    }

    @Override
    public Optional<ProviderConnection> speaking(Settings settings) {
        return AlipayMerchant.from(settings).map(AlipayConnection::new);
    }

    @Override
    public Optional<NotificationVerifier> verifying(Settings settings) {
        return RotatingVerifier.<Map<String, String>>of(settings, AlipaySettings.PUBLIC_KEY,
                each -> AlipayVerificationKeys.from(each).map(AlipayNotificationVerifier::new));
    }

    @Override
    public NotificationFormat notifications() {
        return new AlipayNotificationFormat();
    }

    @Override
    public Optional<BillFormat> bills() {
        return Optional.of(new AlipayBillFormat());
    }

    @Override
    public Presentation presentation() {
        return new Presentation("rgba(var(--semi-blue-5), 1)", Texts.beside(AlipayChannel.class));
    }
}
