package dev.sluice.provider.notification;

import java.time.Instant;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

/// What a notice turned out to be.
public sealed interface Verdict {
    /// The provider's word that money arrived on our account. Whether it fits an order is not looked at here.
    record Paid(TradeNumber tradeNumber, Merchant merchant, TransactionId transactionId, Money money, Instant paidAt) implements Verdict {}

    /// The provider's word about something that is not a payment.
    ///
    /// @param what for operators
    record NotAPayment(String what) implements Verdict {}

    /// The provider's word about our account, and not to be understood. It may be about money.
    ///
    /// @param why for operators
    record Unclear(String why) implements Verdict {}

    /// Not the provider's word, or not about our account.
    ///
    /// @param why for operators; never holds a key
    record Forged(String why) implements Verdict {}
}
