package dev.sluice.order.answer;

/// The bounds of what any caller may send, each with its name.
public final class InputLimits {
    /// The largest whole number that JavaScript keeps exactly; a larger one cannot be what a front end meant.
    public static final long LARGEST_AMOUNT = 1L << 53;
    public static final int IDEMPOTENCY_KEY_LENGTH = 128;
    public static final int PAGE_SIZE = 100;
    public static final int KEYWORD_LENGTH = 64;

    private InputLimits() {}
}
