package dev.sluice.credit.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

/// Quota that goes from `issued` to a user's account.
///
/// @param ref what tells it from others of its kind for the same order
/// @param at  when the log was told why: the same in every rebuild
record Transfer(TradeNumber tradeNumber, Kind kind, String ref, UserId userId, Quota quota, boolean late, Instant at) {
    static final String ISSUED = "issued";
    private static final String USER = "user:";
    private static final UUID TRANSFERS = UUID.nameUUIDFromBytes("dev.sluice.ledger.transfer".getBytes(StandardCharsets.UTF_8));

    /// Why quota moves. The names stand in the ledger.
    enum Kind {
        /// A payment that fits its order.
        CREDIT,
        /// A held payment that a person decided to credit.
        RELEASE
    }

    /// What an order promised. There is one for each order.
    static Transfer ofOrder(TradeNumber tradeNumber, UserId userId, Quota quota, boolean late, Instant at) {
        return new Transfer(tradeNumber, Kind.CREDIT, "", userId, quota, late, at);
    }

    /// What a person decided about a held payment. There is one for each payment.
    static Transfer ofRelease(TradeNumber tradeNumber, PaymentKey payment, UserId userId, Quota quota, boolean late, Instant at) {
        return new Transfer(tradeNumber, Kind.RELEASE, payment.ref(), userId, quota, late, at);
    }

    /// The same in every rebuild of the ledger.
    UUID transferId() {
        return UuidCreator.getNameBasedSha1(TRANSFERS, (kind + " " + tradeNumber + " " + ref).stripTrailing());
    }

    String account() {
        return USER + userId;
    }

    /// Whose account it is.
    static UserId owner(String account) {
        return new UserId(account.substring(USER.length()));
    }
}
