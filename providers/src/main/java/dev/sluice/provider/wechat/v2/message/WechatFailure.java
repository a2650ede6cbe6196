package dev.sluice.provider.wechat.v2.message;

import java.util.Map;

import dev.sluice.provider.wire.ProviderText;

/// A refusal in a message of WeChat Pay.
public final class WechatFailure {
    private WechatFailure() {}

    /// Its code and its text, for operators.
    public static String text(Map<String, String> fields) {
        return ProviderText.shown(fields.getOrDefault("err_code", "") + " " + fields.getOrDefault("err_code_des", ""));
    }
}
