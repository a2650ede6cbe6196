package dev.sluice.setting;

import java.util.Locale;

/// What can be wrong with a setting: a stable code (the name), what is wrong, and the remedy, in Chinese and English. What is wrong
/// reads on after the name of the setting; no text ever holds a value, which may be a key.
///
/// The words for keys are those of the providers' consoles; `docs/providers.md` says where to find them.
public enum SettingFault {
    NOT_TEXT("须为不超过 %d 个字符的文本。", "请填写加引号的文本。",
            "must be text of at most %d characters.", "Write it in quotes."),
    NOT_A_CHOICE("须为以下之一：%s。", "请照原样填写其中一个，注意大小写。",
            "must be one of %s.", "Write one of them exactly so."),
    NOT_AN_ADDRESS("须为不带查询参数的 http 或 https 地址。", "请填写完整地址，例如 https://pay.example.com。",
            "must be an http or https address without query.", "Write the whole address, for example https://pay.example.com."),
    NOT_A_FLAG("须为 true 或 false。", "请填写 true 或 false，不加引号。",
            "must be true or false.", "Write true or false, without quotes."),
    NOT_A_WHOLE_NUMBER("须为大于 0 的整数。", "请填写不加引号的整数，例如 10。",
            "must be a whole number above 0.", "Write for example 10, without quotes."),
    NOT_A_NUMBER("须为大于 0 的数，不超过 %s，至多 %d 位小数。", "请填写不加引号的数，例如 7.3。",
            "must be a number above 0 and up to %s, with at most %d decimals.", "Write for example 7.3, without quotes."),
    NOT_FACTORS("须为名称与 0 到 %s 之间的数组成的对象，至多 %d 位小数。", "请填写例如 {\"vip\": 0.8}。",
            "must be an object of names and numbers from 0 to %s, with at most %d decimals.", "Write for example {\"vip\": 0.8}."),
    NOT_AMOUNTS("须为大于 0 的整数列表。", "请填写例如 [10, 50, 100]。",
            "must be a list of whole numbers above 0.", "Write for example [10, 50, 100]."),
    OUT_OF_RANGE("须在 %d 到 %d 之间。", "请填写此范围内的整数。",
            "must be from %d to %d.", "Write a whole number in that range."),
    NOT_YUAN("须为最多两位小数的金额（元）。", "请填写例如 500 或 99.50。",
            "must be yuan with at most two decimals.", "Write for example 500 or 99.50."),
    DISCOUNT_OF_NO_AMOUNT("的名称须为大于 0 的整数数量。", "请填写例如 {\"100\": 0.95}。",
            "must be an object whose names are amounts, whole numbers above 0.", "Write for example {\"100\": 0.95}."),
    KEY_BLANK("为空。", "要保留原密钥，请不要提交此项，或原样提交所显示的内容；要删除密钥，请提交 null。",
            "is empty.", "To keep the key, leave this out or send it as it was shown; to take it away, send null."),
    SUBJECT_EMPTY("去掉控制字符与 / = & 之后没有内容。", "请填写付款人将看到的文字，例如 AI服务充值。",
            "is empty once control characters and / = & are taken out.", "Write what the payer shall read."),
    MISSING("未设置。", "请填写。",
            "is missing.", "Set it."),
    UNKNOWN("不是已知的设置。", "请核对名称与大小写，见 docs/operations.md。",
            "is not known.", "Compare the name with docs/operations.md; upper and lower case count."),
    MASKED("是打码后的显示值，不是密钥。", "请填写完整密钥；不修改时请原样提交显示值或不提交。",
            "is what is shown in place of a key, not a key.", "Write the whole key; to leave it as it is, leave it out."),
    KEPT_BY_ITSELF("由系统在更换密钥时自动保留，不能填写。", "请直接更换密钥；填写空文本可立即停用旧密钥。",
            "is kept by itself when a key is replaced, and cannot be written.",
            "Replace the key; empty text here ends the key before at once."),
    NO_MASTER_KEY("是密钥，须加密保存，但未配置 SLUICE_MASTER_KEY。", "请以 `openssl rand -hex 32` 生成并配置后重启。",
            "is a key and has to be sealed, but there is no SLUICE_MASTER_KEY.",
            "Make one by `openssl rand -hex 32`, and start again with it."),

    PRIVATE_KEY_PKCS1("是 PKCS#1 格式的私钥，此处需要 PKCS#8。",
            "请存为 key.txt 后转换：base64 -d key.txt | openssl pkcs8 -topk8 -nocrypt -inform DER -outform DER | base64 -w0",
            "is a private key in PKCS#1, and PKCS#8 is needed.",
            "Save it as key.txt and convert it: base64 -d key.txt | openssl pkcs8 -topk8 -nocrypt -inform DER -outform DER | base64 -w0"),
    PRIVATE_KEY_PEM("是带首尾标记行的 PEM，此处只要 Base64 正文。",
            "请去掉 -----BEGIN PRIVATE KEY----- 与 -----END PRIVATE KEY----- 两行；正文中的换行可以保留。",
            "is PEM with header lines, and bare Base64 is needed.",
            "Take away the lines -----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY-----; line breaks in between may stay."),
    PRIVATE_KEY_PKCS1_PEM("是 PKCS#1 格式的 PEM，此处需要 PKCS#8，且不带首尾标记行。",
            "请转换（结果已无 BEGIN/END 行）：openssl pkcs8 -topk8 -nocrypt -in rsa.pem -outform DER | base64 -w0",
            "is PEM of a private key in PKCS#1; PKCS#8 is needed, without the BEGIN and END lines.",
            "Convert it, which takes the lines away too: openssl pkcs8 -topk8 -nocrypt -in rsa.pem -outform DER | base64 -w0"),
    PRIVATE_KEY_ENCRYPTED("是加了密码的私钥，此处需要未加密的 PKCS#8。",
            "请解密：openssl pkcs8 -topk8 -nocrypt -in rsa.pem -outform DER | base64 -w0（会询问密码）",
            "is a private key under a password, and an open one in PKCS#8 is needed.",
            "Open it; it asks for the password: openssl pkcs8 -topk8 -nocrypt -in rsa.pem -outform DER | base64 -w0"),
    PRIVATE_KEY_IS_PUBLIC("是公钥，此处需要应用私钥。", "请填写生成密钥时保存的应用私钥；支付宝公钥应填入 AlipayPublicKey。",
            "is a public key, and the application's private key (应用私钥) belongs here.",
            "Take the private key that was saved when the pair was made; Alipay's public key (支付宝公钥) belongs into AlipayPublicKey."),
    PRIVATE_KEY_IS_CERTIFICATE("是证书，此处需要应用私钥。", "请填写生成密钥时保存的应用私钥；证书模式不受支持，请在支付宝开放平台选择公钥模式。",
            "is a certificate, and the application's private key (应用私钥) belongs here.",
            "Take the private key that was saved when the pair was made; choose public key mode (公钥模式) at Alipay, not certificates."),
    PRIVATE_KEY_UNREADABLE("不是 PKCS#8 格式的 RSA 私钥：无法识别，或复制不完整。", "请重新复制应用私钥（PKCS#8）的完整 Base64 正文。",
            "is not an RSA private key in PKCS#8: it cannot be read, or part of it is missing.",
            "Copy the application's private key (应用私钥) in PKCS#8 again, the whole Base64 text."),

    PUBLIC_KEY_IS_PRIVATE("是私钥，此处需要支付宝公钥。", "请填写支付宝公钥；私钥被发送到了不该去的地方，稳妥的做法是在支付宝开放平台更换密钥对。",
            "is a private key, and Alipay's public key (支付宝公钥) belongs here.",
            "Take Alipay's public key. The private key was sent where it does not belong: the safe thing is to make a new pair at Alipay."),
    PUBLIC_KEY_PKCS1("是 PKCS#1 格式的公钥，此处需要 X.509 格式（BEGIN PUBLIC KEY）的支付宝公钥。",
            "请从支付宝开放平台复制支付宝公钥，或用 openssl rsa -RSAPublicKey_in -in key.pem -pubout 转换。",
            "is a public key in PKCS#1, and Alipay's public key in X.509 (BEGIN PUBLIC KEY) is needed.",
            "Copy Alipay's public key (支付宝公钥) from its open platform, or convert it: openssl rsa -RSAPublicKey_in -in key.pem -pubout."),
    PUBLIC_KEY_PEM("是带首尾标记行的 PEM，此处只要 Base64 正文。",
            "请去掉 -----BEGIN PUBLIC KEY----- 与 -----END PUBLIC KEY----- 两行；正文中的换行可以保留。",
            "is PEM with header lines, and bare Base64 is needed.",
            "Take away the lines -----BEGIN PUBLIC KEY----- and -----END PUBLIC KEY-----; line breaks in between may stay."),
    PUBLIC_KEY_IS_CERTIFICATE("是证书，此处需要支付宝公钥。", "请在支付宝开放平台选择公钥模式，并复制支付宝公钥。",
            "is a certificate, and Alipay's public key (支付宝公钥) belongs here.",
            "Choose public key mode (公钥模式) at Alipay, not certificates, and copy Alipay's public key."),
    PUBLIC_KEY_IS_OWN("是应用自己的公钥，此处需要支付宝公钥。", "在支付宝开放平台上传应用公钥后，平台会显示支付宝公钥，请复制后者。",
            "is the application's own public key (应用公钥), and Alipay's (支付宝公钥) belongs here.",
            "Where the application's key is uploaded at Alipay, Alipay's own is shown: copy that one."),
    PUBLIC_KEY_UNREADABLE("不是 RSA 公钥：无法识别，或复制不完整。", "请重新复制支付宝公钥的完整 Base64 正文。",
            "is not an RSA public key: it cannot be read, or part of it is missing.",
            "Copy Alipay's public key (支付宝公钥) again, the whole Base64 text."),

    KEY_NOT_RSA("不是 RSA 密钥。", "请使用 RSA2（2048 位）密钥；不支持椭圆曲线与国密。",
            "is not an RSA key.", "Use a key for RSA2 with 2048 bits; elliptic curves and SM2 are not supported."),
    KEY_TOO_SHORT("只有 %d 位，RSA2 需要 2048 位。", "请在支付宝开放平台更换为 2048 位的密钥。",
            "has only %d bits, and RSA2 needs 2048.", "Change to a key of 2048 bits at Alipay."),

    ALIPAY_APP_ID_MALFORMED("不是支付宝应用的 APPID：应为 16 位数字。", "请从支付宝开放平台的应用详情页复制 APPID。",
            "is not the APPID of an application at Alipay: that has 16 digits.", "Copy the APPID from the application's page at Alipay."),
    ALIPAY_SELLER_ID_MALFORMED("不是支付宝商户的 PID：应为 2088 开头的 16 位数字。", "请从支付宝开放平台的账户中心复制 PID，不是登录名，也不是 APPID。",
            "is not a seller's id (PID): that has 16 digits, the first of them 2088.",
            "Copy the PID from the account's page at Alipay; it is neither the login nor the APPID."),
    WECHAT_APP_ID_MALFORMED("不是 AppID：应为 wx 开头，后跟 16 个小写字母或数字。", "请从公众平台或开放平台复制已与商户号绑定的 AppID，不是 AppSecret。",
            "is not an app id: that is wx and 16 more lower-case letters and digits.",
            "Copy the AppID that is bound to the merchant number; it is not the AppSecret."),
    WECHAT_MCH_ID_MALFORMED("不是商户号：商户号全为数字，通常 8 到 10 位。", "请从微信支付商户平台的账户中心复制商户号。",
            "is not a merchant number: that has digits only, usually 8 to 10.",
            "Copy the merchant number (商户号) from the merchant platform."),

    WECHAT_KEY_LENGTH("有 %d 个字符，APIv2密钥须恰为 32 个字母或数字。", "请在商户平台的 API 安全中设置 APIv2密钥，并填写同一个值。",
            "has %d characters, and must be the 32 letters and digits of the API v2 key (APIv2密钥).",
            "Set the key in the merchant platform (API安全) and write the same one here."),
    WECHAT_KEY_BLANKS("首尾有空格或换行。", "请去掉首尾的空白，只留 APIv2密钥的 32 个字母或数字。",
            "has blanks or line breaks at its ends.",
            "Take them away: the API v2 key (APIv2密钥) is 32 letters and digits and nothing else."),
    WECHAT_KEY_CHARACTERS("含有字母和数字以外的字符。", "APIv2密钥须为 32 个字母或数字，请在商户平台重新设置。",
            "has characters other than letters and digits.",
            "Set an API v2 key (APIv2密钥) of 32 letters and digits in the merchant platform."),
    WECHAT_KEY_PEM("是 PEM 文件（商户 API 私钥或证书），此处需要 APIv2密钥。", "请填写商户平台 API 安全中设置的 32 个字母或数字；PEM 文件属于 APIv3。",
            "is a PEM file (the merchant's private key or certificate), and the API v2 key (APIv2密钥) belongs here.",
            "Write the 32 letters and digits set in the merchant platform (API安全); PEM files belong to API v3."),
    WECHAT_KEY_SERIAL_NUMBER("是证书序列号，此处需要 APIv2密钥。", "请填写商户平台 API 安全中设置的 32 个字母或数字；序列号属于 APIv3。",
            "is a certificate's serial number, and the API v2 key (APIv2密钥) belongs here.",
            "Write the 32 letters and digits set in the merchant platform (API安全); serial numbers belong to API v3.");

    private final String wrongInChinese;
    private final String remedyInChinese;
    private final String wrongInEnglish;
    private final String remedyInEnglish;

    SettingFault(String wrongInChinese, String remedyInChinese, String wrongInEnglish, String remedyInEnglish) {
        this.wrongInChinese = wrongInChinese;
        this.remedyInChinese = remedyInChinese;
        this.wrongInEnglish = wrongInEnglish;
        this.remedyInEnglish = remedyInEnglish;
    }

    /// What is wrong, to be read after the setting's name. Chinese unless the reader would rather have English.
    public String wrong(Locale locale, Object... arguments) {
        return String.format(Locale.ROOT, Language.of(locale).either(wrongInChinese, wrongInEnglish), arguments);
    }

    /// What to do about it.
    public String remedy(Locale locale) {
        return Language.of(locale).either(remedyInChinese, remedyInEnglish);
    }

    /// Both.
    public String text(Locale locale, Object... arguments) {
        return wrong(locale, arguments) + Language.of(locale).either("", " ") + remedy(locale);
    }
}
