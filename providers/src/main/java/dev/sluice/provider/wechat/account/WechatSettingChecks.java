package dev.sluice.provider.wechat.account;

import java.util.regex.Pattern;

import dev.sluice.setting.BadSettingException;

/// Checks the settings of an account at WeChat Pay, and recognises which other value was pasted instead.
///
/// A key of API v3 has 32 letters and digits, too. Only a query at WeChat Pay can distinguish it.
final class WechatSettingChecks {
    /// Of an official account or a mini program, or (`ww`) of a company's WeCom.
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}\\p{Cf}]");
    private static final Pattern APP_ID = Pattern.compile("w[xw][0-9a-z]{16}");
    /// `mch_id` has 8 to 10 digits in practice; the documentation promises no more than 32 characters.
    private static final Pattern MCH_ID = Pattern.compile("[0-9]{6,32}");
    private static final int KEY_LENGTH = 32;
    private static final Pattern KEY_CHARACTERS = Pattern.compile("[0-9A-Za-z]*");
    private static final Pattern SERIAL_NUMBER = Pattern.compile("[0-9A-Fa-f]{40}");

    private WechatSettingChecks() {}

    /// @throws BadSettingException when the value cannot be one
    static void checkAppId(String appId) {
        if (!APP_ID.matcher(appId).matches()) {
            throw new BadSettingException(WechatSettings.APP_ID, WechatFault.WECHAT_APP_ID_MALFORMED);
        }
    }

    /// @throws BadSettingException when the value cannot be one
    static void checkMchId(String mchId) {
        if (!MCH_ID.matcher(mchId).matches()) {
            throw new BadSettingException(WechatSettings.MCH_ID, WechatFault.WECHAT_MCH_ID_MALFORMED);
        }
    }

    /// @throws BadSettingException when the value cannot be one
    static void checkApiV2Key(String key) {
        if (key.contains("-----BEGIN ")) {
            throw badKey(WechatFault.WECHAT_KEY_PEM);
        }
        if (SERIAL_NUMBER.matcher(key.strip()).matches()) {
            throw badKey(WechatFault.WECHAT_KEY_SERIAL_NUMBER);
        }
        if (BLANK.matcher(key).find()) {
            throw badKey(WechatFault.WECHAT_KEY_BLANKS);
        }
        if (key.length() != KEY_LENGTH) {
            throw badKey(WechatFault.WECHAT_KEY_LENGTH, key.codePointCount(0, key.length()));
        }
        if (!KEY_CHARACTERS.matcher(key).matches()) {
            throw badKey(WechatFault.WECHAT_KEY_CHARACTERS);
        }
    }

    private static BadSettingException badKey(WechatFault fault, Object... arguments) {
        return new BadSettingException(WechatSettings.API_V2_KEY, fault, arguments);
    }
}
