package dev.sluice.provider.bill;

import java.time.Duration;

/// The bounds of bills, each with its name. A million rows have about 340 MB.
public final class Limits {
    /// A bill as it arrives, compressed or not.
    public static final long DOWNLOADED_BYTES = 1L << 30;
    /// A bill arrives, or is asked for again.
    public static final Duration DOWNLOADED_WITHIN = Duration.ofMinutes(5);
    /// All text of a bill.
    static final long TEXT_BYTES = 2L << 30;
    static final int LINES = 5_000_000;
    static final int LINE_BYTES = 16 * 1024;
    static final int CELLS = 200;
    static final int BUFFER_BYTES = 256 * 1024;
    /// Lines that cannot be read and are named.
    static final int NAMED_LINES = 20;

    private Limits() {}
}
