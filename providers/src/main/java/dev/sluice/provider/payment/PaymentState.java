package dev.sluice.provider.payment;

import java.time.Instant;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.PaidAtBasis;
import dev.sluice.event.value.TransactionId;

/// The state of an order at its provider.
public sealed interface PaymentState {
    /// Money arrived on the account that was queried.
    ///
    /// @param paidAtBasis which time `paidAt` is
    record Paid(TransactionId transactionId, Money money, Instant paidAt, PaidAtBasis paidAtBasis) implements PaymentState {
        /// Paid at the provider's time of the payment.
        public Paid(TransactionId transactionId, Money money, Instant paidAt) {
            this(transactionId, money, paidAt, PaidAtBasis.PAYMENT);
        }
    }

    /// Money arrived, and at least one refund was requested since. A [RefundQuery] answers how much is left.
    record Refunded(Paid payment) implements PaymentState {}

    /// Money arrived, and all of it was refunded since. None will come.
    ///
    /// @param state the provider's term
    record RefundedWhole(String state) implements PaymentState {}

    /// It can be paid and is not.
    ///
    /// @param state the provider's term
    record Unpaid(String state) implements PaymentState {}

    /// The provider does not know the order: it was never created, or, at Alipay, its code has not been scanned yet.
    record Absent() implements PaymentState {}

    /// Unpaid, and it can no longer be paid.
    ///
    /// @param state the provider's term
    record Closed(String state) implements PaymentState {}

    /// A signed answer about our order that is not understood. It may be about money.
    ///
    /// @param why for operators
    record Unclear(String why) implements PaymentState {}

    /// Unknown: no answer in time, an answer that the provider did not sign, or "ask again".
    ///
    /// @param why for operators; never holds a key or a body
    record Unknown(String why) implements PaymentState {}
}
