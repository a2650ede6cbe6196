package dev.sluice.sandbox.bill;

import java.math.BigDecimal;

/// Amounts as bills have them.
final class Yuan {
    private Yuan() {}

    static String of(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    /// With five decimals.
    static String fee(long fen) {
        return BigDecimal.valueOf(fen, 2).setScale(5).toPlainString();
    }
}
