package dev.sluice.reconcile.books;

import java.math.BigDecimal;

/// Amounts as answers have them: decimal texts.
final class Yuan {
    private static final int FEN = 2;
    private static final int FEE = 5;

    private Yuan() {}

    static String ofFen(long fen) {
        return BigDecimal.valueOf(fen, FEN).toPlainString();
    }

    /// @param units thousandths of a fen
    static String ofFee(long units) {
        BigDecimal exact = BigDecimal.valueOf(units, FEE).stripTrailingZeros();
        return (exact.scale() < FEN ? exact.setScale(FEN) : exact).toPlainString();
    }
}
