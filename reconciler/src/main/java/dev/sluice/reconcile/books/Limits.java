package dev.sluice.reconcile.books;

import java.time.Duration;

import dev.sluice.provider.bill.BillRow;

/// The bounds of reconciliation's routes, each with its name.
final class Limits {
    /// Days of an answer, all accounts together.
    static final int DAYS = 400;
    static final int PAGE_SIZE = 100;
    static final int REASON_LENGTH = 500;
    static final int ACT_LENGTH = 64;
    static final int KEY_LENGTH = 128;
    /// A resolution is answered when the view has read it.
    static final Duration READ_BACK_WITHIN = Duration.ofSeconds(3);
    static final Duration READ_BACK_EVERY = Duration.ofMillis(50);
    static final long FEE_OF_A_FEN = BillRow.FEE_OF_A_FEN;

    private Limits() {}
}
