package dev.sluice.provider.wechat.account;

import dev.sluice.setting.SettingFault;

/// The faults of WeChat Pay's settings. The terms for keys are those of its console; `docs/providers.md` describes where to find them.
enum WechatFault implements SettingFault {
    WECHAT_APP_ID_MALFORMED, WECHAT_MCH_ID_MALFORMED, WECHAT_KEY_LENGTH, WECHAT_KEY_BLANKS, WECHAT_KEY_CHARACTERS, WECHAT_KEY_PEM,
    WECHAT_KEY_SERIAL_NUMBER, WECHAT_CERTIFICATE_MISSING, WECHAT_CERTIFICATE_PEM, WECHAT_CERTIFICATE_NOT_BASE64,
    WECHAT_CERTIFICATE_NOT_PKCS12,
    WECHAT_CERTIFICATE_PASSWORD, WECHAT_CERTIFICATE_EXPIRED, WECHAT_CERTIFICATE_OF_ANOTHER_MERCHANT
}
