package dev.sluice.order.doctor;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// How long a run of the doctor may take.
    static final Duration EXAMINED_WITHIN = Duration.ofSeconds(12);
    /// How long a probe may be in transit: providers wait as long for an answer.
    static final Duration PROBED_WITHIN = Duration.ofSeconds(5);
    /// Of the answer to a probe, and of the address that it redirects to.
    static final int PROBE_ANSWER_BYTES = 4_096;
    static final int SHOWN_OF_AN_ADDRESS = 200;
    /// Difference between our clock and the providers': from the first on it is reported, from the second on times on the wire are wrong.
    static final Duration CLOCK_WORTH_SAYING = Duration.ofSeconds(5);
    static final Duration CLOCK_WRONG = Duration.ofMinutes(5);

    private Limits() {}
}
