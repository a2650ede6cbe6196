package dev.sluice.order.check;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// Checks of one order within this time are one.
    static final Duration BETWEEN_CHECKS = Duration.ofSeconds(10);
    /// Checks of one user in a day, of all orders: each costs a fact and an answer in the log.
    static final int CHECKS_PER_DAY = 50;
    /// How long the request waits for the provider's answer. The order's progress shows it, too, when it comes later.
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(8);
    static final Duration BETWEEN_LOOKS_FOR_ANSWER = Duration.ofMillis(250);

    private Limits() {}
}
