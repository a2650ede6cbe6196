package dev.sluice.sandbox.trade;

import java.time.Instant;

/// The payment of a trade.
///
/// @param notificationId the same in each delivery of the notification about it
public record Payment(Instant at, String notificationId) {}
