package dev.sluice.credit.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.sluice.event.value.Quota;
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
record Transfer(TradeNumber tradeNumber, Kind kind, String ref, Account debit, Account credit, Quota quota, boolean late, Instant at) {
    private static final UUID TRANSFERS = UUID.nameUUIDFromBytes("dev.sluice.ledger.transfer".getBytes(StandardCharsets.UTF_8));

    /// Why quota moves. The names stand in the ledger.
    enum Kind {
        /// A payment that fits its order.
        CREDIT,
        /// A held payment that a person decided to credit.
        RELEASE
    }

    /// What an order promised. There is one for each order.
    static Transfer ofOrder(TradeNumber tradeNumber, UserId user, Quota quota, boolean late, Instant at) {
        return new Transfer(tradeNumber, Kind.CREDIT, "", Account.ISSUED, Account.of(user), quota, late, at);
    }

    /// What a person decided about a held payment. There is one for each payment.
    static Transfer ofRelease(TradeNumber tradeNumber, PaymentKey payment, UserId user, Quota quota, boolean late, Instant at) {
        return new Transfer(tradeNumber, Kind.RELEASE, payment.ref(), Account.ISSUED, Account.of(user), quota, late, at);
    }

    /// The same in every rebuild of the ledger.
    UUID transferId() {
        return UuidCreator.getNameBasedSha1(TRANSFERS, (kind + " " + tradeNumber + " " + ref).stripTrailing());
    }
}
