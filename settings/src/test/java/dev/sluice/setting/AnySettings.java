package dev.sluice.setting;

import java.util.List;

/// Settings of providers that only these tests have.
public final class AnySettings implements SettingsOwner {
    static final Setting WECHAT_ENABLED = Setting.offer("WechatEnabled");
    static final Setting ALIPAY_ENABLED = Setting.offer("AlipayEnabled");
    static final Setting WECHAT_APP_ID = Setting.text("WechatAppId");
    static final Setting WECHAT_MCH_ID = Setting.text("WechatMchId");
    static final Setting WECHAT_API_V2_KEY = Setting.verifyingKey("WechatApiV2Key");
    static final Setting WECHAT_API_V2_KEY_PREVIOUS = WECHAT_API_V2_KEY.previous().orElseThrow();
    static final Setting WECHAT_SIGN_TYPE = Setting.text("WechatSignType", "HMAC-SHA256");
    static final Setting WECHAT_MIN_TOP_UP = Setting.whole("WechatMinTopUp", "1");
    static final Setting WECHAT_GATEWAY_URL = Setting.gateway("WechatGatewayUrl", "https://api.mch.weixin.qq.com",
            List.of("https://api.mch.weixin.qq.com"));
    static final Setting ALIPAY_APP_ID = Setting.text("AlipayAppId");
    static final Setting ALIPAY_PRIVATE_KEY = Setting.signingKey("AlipayPrivateKey");
    static final Setting ALIPAY_PUBLIC_KEY = Setting.verifyingKey("AlipayPublicKey");

    @Override
    public List<Setting> ownSettings() {
        return List.of(WECHAT_ENABLED, ALIPAY_ENABLED, WECHAT_APP_ID, WECHAT_MCH_ID, WECHAT_API_V2_KEY, WECHAT_SIGN_TYPE, WECHAT_MIN_TOP_UP,
                WECHAT_GATEWAY_URL, ALIPAY_APP_ID, ALIPAY_PRIVATE_KEY, ALIPAY_PUBLIC_KEY);
    }
}
