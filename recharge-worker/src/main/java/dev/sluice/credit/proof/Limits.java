package dev.sluice.credit.proof;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// Between two proofs.
    static final String PROVE_EVERY = "PT5M";
    static final String FIRST_PROOF_AFTER = "PT1M";
    /// Records of the log that are compared with one statement.
    static final int RECORDS_AT_A_TIME = 5_000;
    /// How long one proof may read the log; the next one continues there.
    static final Duration READS_WITHIN = Duration.ofMinutes(4);
    /// Results that are kept.
    static final int RESULTS_KEPT = 1_000;
    static final Duration POLL_WITHIN = Duration.ofMillis(500);
    static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private Limits() {}
}
