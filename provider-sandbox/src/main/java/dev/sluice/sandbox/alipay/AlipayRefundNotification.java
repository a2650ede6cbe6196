package dev.sluice.sandbox.alipay;

import java.time.Instant;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.notification.RefundNotification;
import dev.sluice.sandbox.notification.TradeNotification;
import dev.sluice.sandbox.trade.Refund;
import dev.sluice.sandbox.trade.Trade;

/// Alipay's notification of a refund: the payment's again, with the sum of all refunds. A partial refund leaves the trade `TRADE_SUCCESS`; a
/// whole one closes it.
@Component
record AlipayRefundNotification(AlipayTradeNotification payment) implements RefundNotification {

    @Override
    public TradeNotification ofPayment() {
        return payment;
    }

    /// By default, trades that were paid by a code notify of `TRADE_SUCCESS` only: a whole refund in the console notifies of nothing.
    @Override
    public boolean isSent(Trade trade, Refund refund) {
        return refund.state() == Refund.State.SUCCESS && !(refund.source() == Refund.Source.VENDOR_PLATFORM && trade.isRefundedWhole());
    }

    @Override
    public NotificationBody compose(Trade trade, Refund refund) {
        Map<String, String> fields = payment.fields(trade);
        Instant at = refund.endedAt() == null ? refund.requestedAt() : refund.endedAt();
        // Not the payment's: each notification has an id of its own.
        fields.computeIfPresent("notify_id",
                (_, id) -> id.substring(0, id.length() - 8) + "%08d".formatted(refund.id().hashCode() & 0xFFFFFF));
        fields.put("refund_fee", AlipayRefunds.yuan(trade.refundedFen()));
        fields.put("gmt_refund", BeijingTime.SPACED.write(at) + ".320");
        fields.put("out_biz_no", refund.number());
        if (trade.isRefundedWhole()) {
            fields.put("gmt_close", BeijingTime.SPACED.write(at));
        }
        fields.put("sign", payment.sign(trade, fields));
        return payment.body(fields);
    }
}
