package dev.sluice.order.doctor;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// How long a probe may be on its way: providers wait as long for an answer.
    static final Duration PROBED_WITHIN = Duration.ofSeconds(5);
    /// Of whatever answers a probe, and of the address that it wants to send us to.
    static final int PROBE_ANSWER_BYTES = 4_096;
    static final int SHOWN_OF_AN_ADDRESS = 200;
    /// Our clock against the providers': from here on it is said, and from here on times on the wire are wrong.
    static final Duration CLOCK_WORTH_SAYING = Duration.ofSeconds(30);
    static final Duration CLOCK_WRONG = Duration.ofMinutes(5);

    private Limits() {}
}
