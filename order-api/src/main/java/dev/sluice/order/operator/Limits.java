package dev.sluice.order.operator;

import java.time.Instant;

/// The bounds of this package, each with its name.
final class Limits {
    /// Times that a filter may name.
    static final Instant EARLIEST = Instant.EPOCH;
    static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");
    /// Orders that may begin with the text that an operator searches for.
    static final int ORDERS_OF_A_TEXT = 2_000;

    static final int DAYS_OF_FIGURES = 366;

    private Limits() {}
}
