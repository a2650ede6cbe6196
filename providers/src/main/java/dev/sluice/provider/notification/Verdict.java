package dev.sluice.provider.notification;

import java.time.Instant;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.PaidAtBasis;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

/// The verdict about a notification.
public sealed interface Verdict {
    /// The provider confirms that money arrived on our account. Whether it matches an order is not decided here.
    ///
    /// @param paidAtBasis which time `paidAt` is
    record Paid(TradeNumber tradeNumber, Merchant merchant, TransactionId transactionId, Money money, Instant paidAt,
            PaidAtBasis paidAtBasis) implements Verdict {
        /// Paid at the provider's time of the payment.
        public Paid(TradeNumber tradeNumber, Merchant merchant, TransactionId transactionId, Money money, Instant paidAt) {
            this(tradeNumber, merchant, transactionId, money, paidAt, PaidAtBasis.PAYMENT);
        }
    }

    /// Signed by the provider, about something that is not a payment.
    ///
    /// @param what for operators
    record NotAPayment(String what, SignedMessage message) implements Verdict {}

    /// Signed by the provider, about our account, and not understood. It may be about money.
    ///
    /// @param why for operators
    record Unclear(String why, SignedMessage message) implements Verdict {}

    /// Not signed by the provider, or not about our account.
    ///
    /// @param why for operators; never holds a key
    record Forged(String why) implements Verdict {}
}
