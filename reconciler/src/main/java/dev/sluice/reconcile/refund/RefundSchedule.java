package dev.sluice.reconcile.refund;

import java.time.Duration;
import java.time.Instant;

/// When a provider is asked about a refund next.
final class RefundSchedule {
    private RefundSchedule() {}

    /// After an answer without information.
    static Instant retry(Instant now, int attempts) {
        return now.plus(doubled(Limits.FIRST_RETRY, attempts));
    }

    /// When the same request is sent again, after one that was sent at `calledAt` and that did not lead to a refund.
    static Instant requestAgain(Instant calledAt, int attempts) {
        return calledAt.plus(doubled(Limits.FIRST_REQUEST_AGAIN, attempts));
    }

    /// While it is under way.
    static Instant whileProcessing(Instant now, int attempts) {
        return now.plus(Limits.WHILE_PROCESSING.get(Math.min(attempts, Limits.WHILE_PROCESSING.size() - 1)));
    }

    private static Duration doubled(Duration first, int attempts) {
        Duration wait = first.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), Limits.DOUBLINGS));
        return wait.compareTo(Limits.LONGEST_RETRY) < 0 ? wait : Limits.LONGEST_RETRY;
    }
}
