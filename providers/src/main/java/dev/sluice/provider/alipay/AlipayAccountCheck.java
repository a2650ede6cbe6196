package dev.sluice.provider.alipay;

import java.util.Set;

import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.request.AlipayTradeQueryRequest;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.payment.AccountCheck;
import dev.sluice.provider.payment.AccountCheckResult;
import dev.sluice.provider.wire.ProviderText;

/// `alipay.trade.query` about nothing.
///
/// Source: opendocs.alipay.com, "公共错误码"
final class AlipayAccountCheck implements AccountCheck {
    private static final Set<String> WRONG_SIGNATURE = Set.of("isv.invalid-signature", "isv.missing-signature");
    private static final Set<String> WRONG_ACCOUNT = Set.of("isv.invalid-app-id", "isv.missing-app-id", "ACQ.ACCESS_FORBIDDEN");
    /// No permission, whatever the further code: the application is not online, or the product was not signed for.
    private static final Set<String> NO_PERMISSION = Set.of("40006", "20001");

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
        return caller.send(request, AlipayPaymentQuery.FOREIGN).accountCheck(
                reply -> reply.isSuccess() || reply.isFailure("ACQ.TRADE_NOT_EXIST")
                        ? new AccountCheckResult.Accepted()
                        : refusal(ProviderText.shown((reply.code() + " " + reply.subCode()).strip()),
                                ProviderText.shown(reply.text("sub_msg"))),
                AlipayAccountCheck::refusal);
    }

    /// @param codes the code, and after a blank the further code where it has one
    private static AccountCheckResult refusal(String codes, String words) {
        String code = codes.split(" ", 2)[0];
        String subCode = codes.substring(code.length()).strip();
        if (WRONG_SIGNATURE.contains(subCode)) {
            return new AccountCheckResult.SignatureRefused(words);
        }
        return NO_PERMISSION.contains(code) || WRONG_ACCOUNT.contains(subCode)
                ? new AccountCheckResult.AccountRefused(subCode.isEmpty() ? code : subCode, words)
                : new AccountCheckResult.Unclear((codes + " " + words).strip());
    }
}
