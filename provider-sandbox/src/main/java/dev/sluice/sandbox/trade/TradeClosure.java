package dev.sluice.sandbox.trade;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// The closure of an unpaid trade.
///
/// @param notificationId the same in each delivery of the notification about it; absent if the merchant is not notified
/// @param payable whether a wallet that has the code open can pay all the same
public record TradeClosure(Instant at, @Nullable String notificationId, boolean payable) {}
