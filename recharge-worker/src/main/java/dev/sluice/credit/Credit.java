package dev.sluice.credit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.sluice.event.Quota;
import dev.sluice.event.TradeNumber;
import dev.sluice.event.UserId;

/// Quota that goes from `issued` to a user's account for one order.
///
/// @param at when the payment was told to the log: the same in every rebuild
record Credit(TradeNumber tradeNumber, UserId userId, Quota quota, boolean late, Instant at) {
    static final String ISSUED = "issued";
    private static final UUID TRANSFERS = UUID.nameUUIDFromBytes("dev.sluice.ledger.transfer".getBytes(StandardCharsets.UTF_8));

    /// The same in every rebuild of the ledger.
    UUID transferId() {
        return UuidCreator.getNameBasedSha1(TRANSFERS, "CREDIT " + tradeNumber);
    }

    String account() {
        return account(userId);
    }

    static String account(UserId userId) {
        return "user:" + userId;
    }
}
