package dev.sluice.order;

import java.time.Instant;
import java.util.Optional;

import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.Money;
import dev.sluice.event.Provider;
import dev.sluice.event.TradeNumber;
import dev.sluice.event.TransactionId;

/// A payment that is or was held.
///
/// @param heldAt   when the log told
/// @param decision what was decided about it, if anything
/// @param told     whether the log says so
record Hold(
        TradeNumber tradeNumber,
        Provider provider,
        TransactionId transactionId,
        Money money,
        HoldReason reason,
        Instant heldAt,
        Optional<HoldResolved> decision,
        boolean told) {}
