package dev.sluice.provider.wechat.account;

import java.util.List;
import java.util.Optional;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.ChannelSettings;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

/// The settings of our account at WeChat Pay. Each is checked where it is read, and nothing when it is not set.
public final class WechatSettings {
    /// Mainland, Hong Kong and overseas, each with its spare.
    private static final List<String> OWN_ADDRESSES = List.of("https://api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com",
            "https://apihk.mch.weixin.qq.com", "https://apius.mch.weixin.qq.com", "https://api.wechatpay.cn", "https://api2.wechatpay.cn");

    public static final Provider PROVIDER = new Provider("wechat");

    /// With version 2 of WeChat Pay's interface, the key that verifies also signs.
    public static final Setting API_V2_KEY = Setting.verifyingKey("WechatApiV2Key");
    public static final Setting SIGN_TYPE = Setting.text("WechatSignType", "HMAC-SHA256");
    public static final Setting GATEWAY_URL = Setting.gateway("WechatGatewayUrl", "https://api.mch.weixin.qq.com", OWN_ADDRESSES);
    /// Asked when the gateway cannot be reached. WeChat Pay's own second host when it is not set and the gateway is its first.
    public static final Setting BACKUP_GATEWAY_URL = Setting.gateway("WechatBackupGatewayUrl", null, OWN_ADDRESSES);

    /// `apiclient_cert.p12` in Base64: shown to WeChat Pay with requests for refunds.
    static final Setting CLIENT_CERTIFICATE = Setting.signingKey("WechatClientCertificate");
    static final Setting OFFERED = Setting.offer("WechatEnabled");
    static final Setting APP_ID = Setting.text("WechatAppId");
    static final Setting MCH_ID = Setting.text("WechatMchId");
    static final Setting MIN_TOP_UP = Setting.whole("WechatMinTopUp", "1");

    /// What they mean to the apps.
    public static final ChannelSettings ALL = new ChannelSettings(OFFERED, MIN_TOP_UP, GATEWAY_URL, List.of(APP_ID, MCH_ID, API_V2_KEY),
            List.of(SIGN_TYPE, BACKUP_GATEWAY_URL, CLIENT_CERTIFICATE));

    private WechatSettings() {}

    /// The app id, when it is set.
    ///
    /// @throws BadSettingException when the value cannot be one
    public static Optional<String> appId(Settings settings) {
        Optional<String> appId = settings.text(APP_ID);
        appId.ifPresent(WechatSettingChecks::checkAppId);
        return appId;
    }

    /// The merchant number, when it is set.
    ///
    /// @throws BadSettingException when the value cannot be one
    public static Optional<String> mchId(Settings settings) {
        Optional<String> mchId = settings.text(MCH_ID);
        mchId.ifPresent(WechatSettingChecks::checkMchId);
        return mchId;
    }

    /// The API v2 key, when it is set.
    ///
    /// @throws BadSettingException when the value cannot be one
    public static Optional<String> apiV2Key(Settings settings) {
        Optional<String> key = settings.text(API_V2_KEY);
        key.ifPresent(WechatSettingChecks::checkApiV2Key);
        return key;
    }

    /// The client certificate, when it is set and the merchant number, which is its password, is. It may have expired.
    ///
    /// @throws BadSettingException when the value cannot be one of this merchant
    public static Optional<WechatClientCertificate> clientCertificate(Settings settings) {
        Optional<byte[]> file = settings.text(CLIENT_CERTIFICATE).map(WechatClientCertificate::file);
        return mchId(settings).flatMap(mchId -> file.map(bytes -> WechatClientCertificate.open(bytes, mchId)));
    }

    /// The fault of a certificate that is not set. A gateway on plain HTTP is a sandbox and needs none.
    public static Optional<BadSettingException> refundFault(Settings settings) {
        boolean isNeeded = settings.text(GATEWAY_URL).filter(url -> url.startsWith("https:")).isPresent();
        return isNeeded && settings.text(CLIENT_CERTIFICATE).isEmpty()
                ? Optional.of(new BadSettingException(CLIENT_CERTIFICATE, WechatFault.WECHAT_CERTIFICATE_MISSING))
                : Optional.empty();
    }

    /// Checks a key by itself.
    ///
    /// @throws BadSettingException when the key could not be one
    public static void checkApiV2Key(String key) {
        WechatSettingChecks.checkApiV2Key(key);
    }
}
