package dev.sluice.sandbox.bill;

import java.time.Instant;

/// A payment or a refund of a day.
///
/// @param number       the merchant's, of the order
/// @param refundId     the provider's number of the refund; empty for a payment
/// @param refundNumber the merchant's number of the refund; empty for a payment
/// @param fen          what was paid, or refunded
/// @param feeFen       what the merchant pays for it, or gets back
/// @param at           when the money moved
record BillRow(String transactionId, String number, String refundId, String refundNumber, String subject, long fen, long feeFen,
        Instant at) {
    boolean isRefund() {
        return !refundNumber.isEmpty();
    }
}
