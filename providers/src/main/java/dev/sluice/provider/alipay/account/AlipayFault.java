package dev.sluice.provider.alipay.account;

import dev.sluice.setting.SettingFault;

/// The faults of Alipay's settings. The terms for keys are those of its console; `docs/providers.md` describes where to find them.
enum AlipayFault implements SettingFault {
    PRIVATE_KEY_PKCS1, PRIVATE_KEY_PEM, PRIVATE_KEY_PKCS1_PEM, PRIVATE_KEY_ENCRYPTED, PRIVATE_KEY_IS_PUBLIC, PRIVATE_KEY_IS_CERTIFICATE,
    PRIVATE_KEY_UNREADABLE, PUBLIC_KEY_IS_PRIVATE, PUBLIC_KEY_PKCS1, PUBLIC_KEY_PEM, PUBLIC_KEY_IS_CERTIFICATE, PUBLIC_KEY_IS_OWN,
    PUBLIC_KEY_UNREADABLE, KEY_NOT_RSA, KEY_TOO_SHORT, KEY_FOREIGN_CHARACTER, ALIPAY_APP_ID_MALFORMED, ALIPAY_SELLER_ID_MALFORMED
}
