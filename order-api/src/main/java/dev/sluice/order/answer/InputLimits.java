package dev.sluice.order.answer;

import java.time.Duration;

/// The bounds of what any caller may send, each with its name, and how long to wait after an outage.
public final class InputLimits {
    /// The largest whole number that JavaScript keeps exactly: what a front end cannot say, nobody meant.
    public static final long LARGEST_AMOUNT = 1L << 53;
    /// WeChat Pay's `total_fee` is an Int.
    public static final int IDEMPOTENCY_KEY_LENGTH = 128;
    public static final int PAGE_SIZE = 100;
    public static final int KEYWORD_LENGTH = 64;
    /// Orders that never got a code are told to the log once more after their time, so that they are closed even when the log was away.
    public static final Duration RETRY_AFTER_OUTAGE = Duration.ofSeconds(3);

    private InputLimits() {}
}
