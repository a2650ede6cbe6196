package dev.sluice.credit.transfer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

/// Quota that moves from one account to another.
///
/// @param tradeNumber the order that it is about
/// @param ref         what distinguishes it from others of its kind for the same order
/// @param debit       the account that has less afterwards
/// @param credit      the account that has more afterwards
/// @param late        whether the money came after the order was closed
/// @param at          when its cause was appended: the same in every rebuild
public record Transfer(TradeNumber tradeNumber, Kind kind, String ref, Account debit, Account credit, Quota quota, boolean late,
        Instant at) {
    private static final UUID TRANSFERS = UUID.nameUUIDFromBytes("dev.sluice.ledger.transfer".getBytes(StandardCharsets.UTF_8));

    /// Why quota moves. The names stand in the ledger.
    public enum Kind {
        /// A payment that fits its order.
        CREDIT,
        /// A held payment that a person decided to credit.
        RELEASE,
        /// Quota that a refund takes, until the refund ends.
        RESERVE,
        /// Reserved quota after its refund succeeded.
        TAKE,
        /// Reserved quota after its refund failed or was declined.
        RETURN,
        /// Quota of a refund that was made in the provider's console, as an operator decided.
        MIRROR
    }

    /// What an order promised. There is one for each order.
    public static Transfer ofOrder(TradeNumber tradeNumber, UserId user, Quota quota, boolean late, Instant at) {
        return new Transfer(tradeNumber, Kind.CREDIT, "", Account.ISSUED, Account.of(user), quota, late, at);
    }

    /// What a person decided about a held payment. There is one for each payment.
    public static Transfer ofRelease(TradeNumber tradeNumber, PaymentKey payment, UserId user, Quota quota, boolean late, Instant at) {
        return new Transfer(tradeNumber, Kind.RELEASE, payment.ref(), Account.ISSUED, Account.of(user), quota, late, at);
    }

    /// A refund's quota, of the user whose account the payment brought it to. There is one of each kind for each refund.
    ///
    /// @throws IllegalArgumentException for a kind that is not a refund's
    public static Transfer ofRefund(Kind kind, TradeNumber tradeNumber, RefundNumber refund, UserId user, Quota quota, Instant at) {
        Account own = Account.of(user);
        Account held = Account.heldOf(user);
        return switch (kind) {
            case RESERVE -> new Transfer(tradeNumber, kind, refund.value(), own, held, quota, false, at);
            case TAKE -> new Transfer(tradeNumber, kind, refund.value(), held, Account.ISSUED, quota, false, at);
            case RETURN -> new Transfer(tradeNumber, kind, refund.value(), held, own, quota, false, at);
            case MIRROR -> new Transfer(tradeNumber, kind, refund.value(), own, Account.ISSUED, quota, false, at);
            case CREDIT, RELEASE -> throw new IllegalArgumentException("no transfer of a refund: " + kind);
        };
    }

    /// The account of the user whom it concerns.
    Account ofUser() {
        Account account = credit.spendable();
        return account.isUsers() ? account : debit.spendable();
    }

    /// The same in every rebuild of the ledger.
    public UUID transferId() {
        return UuidCreator.getNameBasedSha1(TRANSFERS, (kind + " " + tradeNumber + " " + ref).stripTrailing());
    }
}
