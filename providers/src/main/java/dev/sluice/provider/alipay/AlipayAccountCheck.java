package dev.sluice.provider.alipay;

import java.util.Set;

import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.request.AlipayTradeQueryRequest;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.payment.AccountCheck;
import dev.sluice.provider.payment.AccountCheckResult;

/// `alipay.trade.query` about nothing.
///
/// Source: opendocs.alipay.com, "公共错误码"
final class AlipayAccountCheck implements AccountCheck {
    private static final Set<String> WRONG_SIGNATURE = Set.of("isv.invalid-signature", "isv.missing-signature");
    private static final Set<String> WRONG_ACCOUNT = Set.of("isv.invalid-app-id", "isv.missing-app-id", "ACQ.ACCESS_FORBIDDEN");
    /// No permission, whatever the further code: the application is not online, or the product was not signed for.
    private static final Set<String> NO_PERMISSION = Set.of("40006", "20001");
    private static final int LONGEST_WORDS = 200;

    private final AlipayClient caller;

    AlipayAccountCheck(AlipayClient caller) {
        this.caller = caller;
    }

    @Override
    public AccountCheckResult examine() {
        var model = new AlipayTradeQueryModel();
        model.setOutTradeNo(TradeNumber.next().value());
        var request = new AlipayTradeQueryRequest();
        request.setBizModel(model);
        return switch (caller.call(request)) {
            case AlipayClient.Answer.Signed signed ->
                signed.code().equals("10000") || signed.subCode().equals("ACQ.TRADE_NOT_EXIST")
                        ? new AccountCheckResult.Accepted()
                        : refusal(signed.node());
            case AlipayClient.Answer.NotSigned(var node, var signed, var _) -> {
                AccountCheckResult refusal = refusal(node);
                yield signed && refusal instanceof AccountCheckResult.Unclear ? new AccountCheckResult.NotTheirSignature() : refusal;
            }
            case AlipayClient.Answer.Silence(var obstacle) -> new AccountCheckResult.Unreachable(obstacle);
            case AlipayClient.Answer.Unusable(var why, var _) -> new AccountCheckResult.Unclear(why);
        };
    }

    private static AccountCheckResult refusal(JsonNode node) {
        String code = node.path("code").asString("");
        String subCode = abbreviated(node.path("sub_code").asString(""));
        String words = abbreviated(node.path("sub_msg").asString(""));
        if (WRONG_SIGNATURE.contains(subCode)) {
            return new AccountCheckResult.SignatureRefused(words);
        }
        return NO_PERMISSION.contains(code) || WRONG_ACCOUNT.contains(subCode)
                ? new AccountCheckResult.AccountRefused(subCode.isEmpty() ? code : subCode, words)
                : new AccountCheckResult.Unclear((abbreviated(code) + " " + subCode + " " + words).strip());
    }

    private static String abbreviated(String text) {
        return text.length() <= LONGEST_WORDS ? text : text.substring(0, LONGEST_WORDS);
    }
}
