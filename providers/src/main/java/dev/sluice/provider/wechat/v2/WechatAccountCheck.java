package dev.sluice.provider.wechat.v2;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.payment.AccountCheck;
import dev.sluice.provider.payment.AccountCheckResult;
import dev.sluice.provider.wire.ProviderText;

/// `POST /pay/orderquery` about nothing.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant, "查询订单", error codes
final class WechatAccountCheck implements AccountCheck {
    private static final String WRONG_SIGNATURE = "SIGNERROR";
    private static final Set<String> WRONG_ACCOUNT = Set.of("APPID_NOT_EXIST", "MCHID_NOT_EXIST", "APPID_MCHID_NOT_MATCH", "NOAUTH");
    /// Most refusals before the signature check have only a text, in one language or the other.
    private static final Pattern WORDS_OF_SIGNATURE = Pattern.compile("签名错误|(?i:sign\\s?error)");
    private static final Pattern WORDS_OF_ACCOUNT = Pattern.compile("(?i:appid|mch_?id)|商户号|无此接口权限");

    private final WechatClient client;

    WechatAccountCheck(WechatClient client) {
        this.client = client;
    }

    @Override
    public AccountCheckResult examine() {
        return client.call(WechatOperation.QUERY, TradeNumber.next())
                .accountCheck(WechatAccountCheck::understand, WechatAccountCheck::refusal);
    }

    private static AccountCheckResult understand(Map<String, String> fields) {
        String code = fields.getOrDefault("err_code", "");
        return "SUCCESS".equals(fields.get("result_code")) || code.equals("ORDERNOTEXIST")
                ? new AccountCheckResult.Accepted()
                : refusal(ProviderText.shown(code), ProviderText.shown(fields.getOrDefault("err_code_des", "")));
    }

    private static AccountCheckResult refusal(String code, String words) {
        if (code.equals(WRONG_SIGNATURE) || WORDS_OF_SIGNATURE.matcher(words).find()) {
            return new AccountCheckResult.SignatureRefused(words);
        }
        return WRONG_ACCOUNT.contains(code) || WORDS_OF_ACCOUNT.matcher(words).find()
                ? new AccountCheckResult.AccountRefused(code, words)
                : new AccountCheckResult.Unclear((code + " " + words).strip());
    }
}
