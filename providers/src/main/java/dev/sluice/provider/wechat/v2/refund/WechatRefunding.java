package dev.sluice.provider.wechat.v2.refund;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.call.ProviderReply;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.refund.RefundListing;
import dev.sluice.provider.refund.RefundOrder;
import dev.sluice.provider.refund.RefundProgress;
import dev.sluice.provider.refund.RefundResult;
import dev.sluice.provider.refund.RefundRules;
import dev.sluice.provider.refund.Refunding;
import dev.sluice.provider.wire.Subject;

/// `POST /secapi/pay/refund` of WeChat Pay v2, with the merchant's client certificate, and `POST /pay/refundquery`.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant, "申请退款", "查询退款"
public final class WechatRefunding implements Refunding {

    /// "Several refunds of an order are to be requested a minute apart." A second more: WeChat Pay's clock counts.
    private static final Duration BETWEEN = Duration.ofSeconds(61);
    private static final Duration ABSENT_FROM = Duration.ofSeconds(10);
    private static final RefundRules RULES = new RefundRules(BETWEEN, ABSENT_FROM, 1);
    /// Of `refund_desc`.
    private static final int REASON_BYTES = 80;

    private final WechatRefundCalls calls;

    public WechatRefunding(WechatRefundCalls calls) {
        this.calls = calls;
    }

    @Override
    public RefundRules rules() {
        return RULES;
    }

    @Override
    public ProviderResponse<RefundResult> refund(RefundOrder order) {
        try {
            ProviderReply<Map<String, String>> reply = calls.refund(fields(order));
            return new ProviderResponse<>(WechatRefundCodes.read(reply, order), reply.body());
        } catch (WechatRefundCalls.NotSentException e) {
            return new ProviderResponse<>(new RefundResult.WrongSetUp(e.code(), String.valueOf(e.getMessage())), new byte[0]);
        }
    }

    /// Without `notify_url`: the address that is set in the merchant platform counts, and no refund depends on a notification.
    private static Map<String, String> fields(RefundOrder order) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "transaction_id", order.transactionId().value(),
                "out_refund_no", order.number().value(),
                "total_fee", Long.toString(order.paid().minorUnits()),
                "refund_fee", Long.toString(order.refund().minorUnits()),
                "refund_fee_type", order.refund().currency().getCurrencyCode()));
        String reason = Subject.clean(order.reason(), REASON_BYTES);
        if (!reason.isEmpty()) {
            fields.put("refund_desc", reason);
        }
        return fields;
    }

    @Override
    public ProviderResponse<RefundProgress> progress(RefundOrder order) {
        var pages = new WechatRefundPages(calls);
        var content = pages.read(Map.of("out_refund_no", order.number().value()),
                fields -> isAbout(fields, order.tradeNumber(), order.transactionId()));
        return new ProviderResponse<>(switch (content) {
            case WechatRefundPages.Rows(var rows) -> progress(rows, order);
            case WechatRefundPages.NoRefund _ -> new RefundProgress.Absent();
            case WechatRefundPages.Failure(var why) -> new RefundProgress.Unknown(why);
        }, pages.bodies());
    }

    private static RefundProgress progress(List<WechatRefundRow> rows, RefundOrder order) {
        return rows.stream().filter(row -> row.number().equals(order.number().value())).findFirst()
                .map(row -> row.money().equals(order.refund())
                        ? row.progress()
                        : new RefundProgress.Unknown("WeChat Pay has the refund with another amount: " + row.money()))
                .orElseGet(() -> new RefundProgress.Unknown("the answer is about another refund"));
    }

    @Override
    public ProviderResponse<RefundListing> list(TradeNumber tradeNumber, TransactionId transactionId, List<RefundNumber> named) {
        var pages = new WechatRefundPages(calls);
        var content = pages.read(Map.of("transaction_id", transactionId.value()), fields -> isAbout(fields, tradeNumber, transactionId));
        return new ProviderResponse<>(switch (content) {
            case WechatRefundPages.Rows(var rows) -> listing(rows);
            case WechatRefundPages.NoRefund _ -> new RefundListing.Listed(List.of());
            case WechatRefundPages.Failure(var why) -> new RefundListing.Unknown(why);
        }, pages.bodies());
    }

    private static RefundListing listing(List<WechatRefundRow> rows) {
        try {
            return new RefundListing.Listed(
                    rows.stream().map(row -> new RefundListing.Refund(row.refundNumber(), row.money(), row.progress())).toList());
        } catch (IllegalArgumentException e) {
            return new RefundListing.Unknown(String.valueOf(e.getMessage()));
        }
    }

    /// The same transaction may stand at two orders.
    private static boolean isAbout(Map<String, String> fields, TradeNumber tradeNumber, TransactionId transactionId) {
        return tradeNumber.value().equals(fields.get("out_trade_no")) && transactionId.value().equals(fields.get("transaction_id"));
    }
}
