package dev.sluice.provider.alipay.account;

import java.util.List;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.ChannelSettings;
import dev.sluice.setting.Setting;

/// The settings of our account at Alipay.
public final class AlipaySettings {
    public static final Provider PROVIDER = new Provider("alipay");

    public static final Setting PUBLIC_KEY = Setting.verifyingKey("AlipayPublicKey");

    static final Setting OFFERED = Setting.offer("AlipayEnabled");
    static final Setting APP_ID = Setting.text("AlipayAppId");
    static final Setting SELLER_ID = Setting.text("AlipaySellerId");
    static final Setting PRIVATE_KEY = Setting.signingKey("AlipayPrivateKey");
    static final Setting MIN_TOP_UP = Setting.whole("AlipayMinTopUp", "1");
    static final Setting GATEWAY_URL = Setting.gateway("AlipayGatewayUrl", "https://openapi.alipay.com/gateway.do",
            List.of("https://openapi.alipay.com/gateway.do"));

    /// What they mean to the apps.
    public static final ChannelSettings ALL = new ChannelSettings(OFFERED, MIN_TOP_UP, GATEWAY_URL,
            List.of(APP_ID, SELLER_ID, PRIVATE_KEY, PUBLIC_KEY), List.of());

    private AlipaySettings() {}
}
