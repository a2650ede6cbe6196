package dev.sluice.order.option;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// Runs of the doctor at a time.
    static final int EXAMINATIONS_AT_ONCE = 2;
    /// A change has been read back by then; otherwise the operator gets a 503 and may retry.
    static final Duration READ_BACK_WITHIN = Duration.ofSeconds(3);
    /// As often a change is tried that another instance's change overtakes.
    static final int TRIES = 3;
    /// Yuan per unit.
    static final BigDecimal LEAST_PRICE = new BigDecimal("0.001");
    /// A price of 0.01 yuan, as in trials with real money, and the usual 500,000 quota per unit are a twentieth of it.
    static final BigInteger MOST_QUOTA_PER_FEN = BigInteger.valueOf(10_000_000);

    private Limits() {}
}
