package dev.sluice.provider.wechat.v2.refund;

import java.util.List;
import java.util.Map;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.RefundQuery;
import dev.sluice.provider.payment.RefundState;

/// How much of an order's payment was refunded, by the list of its refunds.
public final class WechatRefundQuery implements RefundQuery {
    private final WechatRefundCalls calls;

    public WechatRefundQuery(WechatRefundCalls calls) {
        this.calls = calls;
    }

    @Override
    public ProviderResponse<RefundState> query(TradeNumber tradeNumber, Money paid, List<String> refunds) {
        var pages = new WechatRefundPages(calls);
        var content = pages.read(Map.of("out_trade_no", tradeNumber.value()),
                fields -> tradeNumber.value().equals(fields.get("out_trade_no")));
        return new ProviderResponse<>(switch (content) {
            case WechatRefundPages.Rows(var rows) -> state(rows, paid, refunds);
            // It was asked because a refund was named.
            case WechatRefundPages.NoRefund(var words) -> new RefundState.Unknown(words);
            case WechatRefundPages.Failure(var why) -> new RefundState.Unknown(why);
        }, pages.bodies());
    }

    private static RefundState state(List<WechatRefundRow> rows, Money paid, List<String> refunds) {
        if (rows.stream().anyMatch(row -> row.status() == WechatRefundRow.Status.PROCESSING)) {
            return new RefundState.Unknown("a refund is under way");
        }
        if (rows.isEmpty() && !refunds.isEmpty()) {
            return new RefundState.Unknown("WeChat Pay lists no refund, and one was notified");
        }
        try {
            return RefundState.after(rows.stream().mapToLong(WechatRefundQuery::arrived).reduce(0, Math::addExact), paid);
        } catch (ArithmeticException e) {
            return new RefundState.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private static long arrived(WechatRefundRow row) {
        return switch (row.status()) {
            // CHANGE: the payer's card is gone, and the merchant owes the money by another way. It is none to credit.
            case SUCCESS, CHANGE -> row.money().minorUnits();
            case PROCESSING, REFUNDCLOSE, FAIL -> 0;
        };
    }
}
