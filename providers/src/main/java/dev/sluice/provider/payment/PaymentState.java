package dev.sluice.provider.payment;

import java.time.Instant;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TransactionId;

/// How the provider says that an order stands.
public sealed interface PaymentState {
    /// Money arrived on the account that was asked about. Some of it may have been given back since.
    record Paid(TransactionId transactionId, Money money, Instant paidAt) implements PaymentState {}

    /// It can be paid and is not.
    ///
    /// @param state the provider's word
    record Unpaid(String state) implements PaymentState {}

    /// The provider knows no such order: it was never made, or, at Alipay, its code has not been scanned yet.
    record Absent() implements PaymentState {}

    /// There is no money, and there will be none.
    ///
    /// @param state the provider's word
    record Closed(String state) implements PaymentState {}

    /// The provider's word about our order, and not to be understood. It may be about money.
    ///
    /// @param why for operators
    record Unclear(String why) implements PaymentState {}

    /// Nobody knows: no answer in time, an answer that is not signed by the provider, or "ask again".
    ///
    /// @param why for operators; never holds a key or a body
    record Unknown(String why) implements PaymentState {}
}
