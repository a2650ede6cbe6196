package dev.sluice.provider.wechat.v2.refund;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.provider.refund.RefundDetails;
import dev.sluice.provider.refund.RefundProgress;
import dev.sluice.provider.wire.BeijingTime;

/// One refund of an answer to `refundquery`.
///
/// @param number   `out_refund_no`; WeChat Pay's own of a refund in its console
/// @param refundId WeChat Pay's
/// @param money    `refund_fee`: the quota follows it
/// @param settled  `settlement_refund_fee`: less by coupons; the same without one
/// @param at       when it succeeded
record WechatRefundRow(String number, String refundId, Money money, Money settled, Status status, Optional<Instant> at) {
    /// As WeChat Pay writes it.
    enum Status {
        SUCCESS, PROCESSING,
        /// The payer's card is gone. The money left the merchant and rests with WeChat Pay.
        CHANGE,
        /// The merchant's account had no money for seven days. Nothing reached the payer.
        REFUNDCLOSE,
        /// What old answers have for it.
        FAIL
    }

    /// @throws IllegalArgumentException when the amount or the status is not understood
    static WechatRefundRow of(Map<String, String> fields, int i) {
        Money money = Money.parseFen(fields.getOrDefault("refund_fee_" + i, ""), Money.CNY);
        String settled = fields.getOrDefault("settlement_refund_fee_" + i, "");
        return new WechatRefundRow(fields.getOrDefault("out_refund_no_" + i, ""), fields.getOrDefault("refund_id_" + i, ""), money,
                settled.isEmpty() ? money : Money.parseFen(settled, Money.CNY), status(fields.getOrDefault("refund_status_" + i, "")),
                time(fields.getOrDefault("refund_success_time_" + i, "")));
    }

    private static Status status(String text) {
        try {
            return Status.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("refund_status", e);
        }
    }

    /// It proves nothing, so an unusable one is ignored.
    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(BeijingTime.SPACED.read(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// @throws IllegalArgumentException when it could be none
    RefundNumber refundNumber() {
        return new RefundNumber(number);
    }

    RefundProgress progress() {
        var details = new RefundDetails(refundId, money, settled, at);
        return switch (status) {
            case SUCCESS -> new RefundProgress.Succeeded(details);
            case CHANGE -> new RefundProgress.LeftAtProvider(details);
            case PROCESSING -> new RefundProgress.Processing();
            case REFUNDCLOSE, FAIL -> new RefundProgress.Closed();
        };
    }
}
