package dev.sluice.event;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.evidence.Evidenced;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;

/// A fact about one refund. A refund is requested by an operator, reserved or refused by the ledger, ended by its provider, and then booked
/// by the ledger. One that needs approval is reserved at once, so that its quota cannot be spent meanwhile, and its
/// provider is called when a second operator has approved it: the first decision in the log counts.
public sealed interface RefundEvent extends TopUpEvent {
    /// The refund that the fact is about.
    RefundNumber refundNumber();

    @Override
    default String naturalKey() {
        return refundNumber().value();
    }

    /// A payment, as an operator names it.
    record Payment(Provider provider, TransactionId transactionId) {}

    /// A payment, as the ledger has it.
    ///
    /// @param merchant the account that received it
    /// @param money    what was paid
    record Paid(Provider provider, Merchant merchant, TransactionId transactionId, Money money) {}

    /// What money is to be refunded.
    enum Funds {
        /// Of a payment that became quota: quota is taken back in proportion.
        CREDITED,
        /// Of a payment that is held.
        HELD
    }

    /// The refund as the provider has it.
    ///
    /// @param id      the provider's own number of the refund; empty where it gives none
    /// @param settled what of it the merchant's account bore: less than the refund when a coupon was refunded with it
    /// @param at      when it succeeded, or was found to have succeeded
    record ProviderRefund(String id, Money settled, Instant at) {}

    /// An operator requested a refund.
    ///
    /// @param money         how much of the payment, at least one minor unit
    /// @param needsApproval whether a second operator has to approve it before the provider is called
    /// @param actor         the operator's user id
    record RefundRequested(TradeNumber tradeNumber, RefundNumber refundNumber, Payment payment, Money money, Funds funds,
            boolean needsApproval, UserId actor, String reason) implements RefundEvent {
        /// @throws IllegalArgumentException when the amount is 0
        public RefundRequested {
            requireMoney(money);
        }
    }

    /// A second operator approved a refund.
    record RefundApproved(TradeNumber tradeNumber, RefundNumber refundNumber, UserId actor, String reason) implements RefundEvent {}

    /// An operator declined a refund that needs approval.
    record RefundDeclined(TradeNumber tradeNumber, RefundNumber refundNumber, UserId actor, String reason) implements RefundEvent {}

    /// The ledger reserved what a refund takes. From here on the refund is owed: its provider is called with exactly these parameters until
    /// it has ended it.
    ///
    /// @param payment the payment
    /// @param money   how much of it is refunded
    record RefundReserved(TradeNumber tradeNumber, RefundNumber refundNumber, Paid payment, Money money, Reservation reservation,
            boolean needsApproval, String reason) implements RefundEvent {}

    /// The quota that waits for a refund to end.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Reservation.OfQuota.class, name = "OF_QUOTA"),
            @JsonSubTypes.Type(value = Reservation.OfMoney.class, name = "OF_MONEY")})
    sealed interface Reservation {
        /// Quota moved from the user's account to the user's held quota.
        ///
        /// @param quota   in proportion to the money; the refunds of a whole payment take exactly the quota that it brought
        /// @param balance the balance of the user's account right after
        /// @param transferId the ledger's transfer
        record OfQuota(UserId userId, Quota quota, Quota balance, UUID transferId) implements Reservation {}

        /// No quota: the money was held, or it is too little for one unit of quota.
        record OfMoney() implements Reservation {}
    }

    /// The ledger refused a refund.
    record RefundRefused(TradeNumber tradeNumber, RefundNumber refundNumber, Money money, Refusal reason) implements RefundEvent {}

    /// Why the ledger refuses a refund.
    enum Refusal {
        /// No such payment is known for the order.
        UNKNOWN_PAYMENT,
        /// The payment did not become quota.
        NOT_CREDITED,
        /// The payment is not held, or was not decided to be refunded.
        NOT_HELD,
        /// More than what is left of the payment, less the refunds that are done or under way.
        MORE_THAN_LEFT,
        /// The user's account has less quota than the refund takes.
        QUOTA_SPENT
    }

    /// The money left the merchant's account.
    ///
    /// @param money    what was refunded
    /// @param arrival  where the money is
    /// @param evidence the provider's answer
    record RefundSucceeded(TradeNumber tradeNumber, RefundNumber refundNumber, Provider provider, Money money, ProviderRefund refund,
            Arrival arrival, Evidence evidence) implements RefundEvent, Evidenced {
        /// Money that rests with the provider may reach the payer later.
        @Override
        public String naturalKey() {
            return refundNumber + " " + arrival;
        }
    }

    /// Where refunded money is.
    enum Arrival {
        /// With the payer.
        PAYER,
        /// With the provider, because the payer's card or account is gone: an operator resolves it in the provider's console.
        PROVIDER
    }

    /// The refund ended and no money moved, and none will.
    ///
    /// @param reason   why
    /// @param code     the provider's code
    /// @param evidence the provider's answer
    record RefundFailed(TradeNumber tradeNumber, RefundNumber refundNumber, Provider provider, Failure reason, String code,
            Evidence evidence) implements RefundEvent, Evidenced {}

    /// Why a refund failed.
    enum Failure {
        /// The provider refused it.
        REFUSED,
        /// The provider closed it, as the merchant's account had too little money for too long.
        CLOSED
    }

    /// The ledger booked the end of a refund that took quota.
    ///
    /// @param quota   what was taken
    /// @param balance the balance of the user's account right after
    record QuotaTaken(TradeNumber tradeNumber, RefundNumber refundNumber, UserId userId, Quota quota, Quota balance, UUID transferId)
            implements
                RefundEvent {}

    /// The ledger returned the quota of a refund that failed or was declined to the user.
    ///
    /// @param quota   what was returned
    /// @param balance the balance of the user's account right after
    record QuotaReturned(TradeNumber tradeNumber, RefundNumber refundNumber, UserId userId, Quota quota, Quota balance, UUID transferId)
            implements
                RefundEvent {}

    /// The provider has a refund that was not requested here. It lowers what is left to refund at once; whether quota is taken for it, an
    /// operator decides.
    ///
    /// @param refundNumber as the provider has it
    /// @param source       what it was found by
    record RefundFound(TradeNumber tradeNumber, RefundNumber refundNumber, Payment payment, Money money, ProviderRefund refund,
            ConfirmationSource source, Evidence evidence) implements RefundEvent, Evidenced {}

    /// An operator decided about a refund that was found at the provider. The first decision in the log counts.
    record FoundRefundResolved(TradeNumber tradeNumber, RefundNumber refundNumber, Mirroring mirroring, UserId actor, String reason)
            implements
                RefundEvent {}

    /// What becomes of the quota of a refund that was found at the provider.
    enum Mirroring {
        /// It is taken from the user in proportion.
        TAKE_QUOTA,
        /// The user keeps it.
        KEEP_QUOTA
    }

    private static void requireMoney(Money money) {
        if (money.minorUnits() == 0) {
            throw new IllegalArgumentException("a refund needs an amount above 0");
        }
    }
}
