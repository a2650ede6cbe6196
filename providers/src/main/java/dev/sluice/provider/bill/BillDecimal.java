package dev.sluice.provider.bill;

/// A decimal number of a bill: a sign, digits, and decimals. Read exactly, without floating point.
final class BillDecimal {
    private static final int MOST_DIGITS = 15;
    private static final String NOT_A_NUMBER = "not a number";

    private BillDecimal() {}

    /// A percent sign behind it is skipped.
    ///
    /// @throws IllegalArgumentException when it is no number, or has more decimals than the unit
    static long parse(byte[] bytes, int start, int stop, int decimals) {
        int from = start;
        int to = stop;
        while (from < to && BillLine.isBlank(bytes[from])) {
            from++;
        }
        while (to > from && (BillLine.isBlank(bytes[to - 1]) || bytes[to - 1] == '%')) {
            to--;
        }
        boolean negative = from < to && bytes[from] == '-';
        if (negative || (from < to && bytes[from] == '+')) {
            from++;
        }
        long units = digits(bytes, from, to, decimals);
        return negative ? -units : units;
    }

    private static long digits(byte[] bytes, int from, int to, int decimals) {
        long units = 0;
        int whole = 0;
        int fraction = -1;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (bytes[i] == '.' && fraction < 0) {
                fraction = 0;
            } else if (digit < 0 || digit > 9 || (fraction >= decimals && digit != 0)) {
                throw new IllegalArgumentException(NOT_A_NUMBER);
            } else if (fraction < 0 || fraction < decimals) {
                units = units * 10 + digit;
                whole += fraction < 0 ? 1 : 0;
                fraction += fraction < 0 ? 0 : 1;
            }
        }
        if (whole == 0 || whole > MOST_DIGITS - decimals) {
            throw new IllegalArgumentException(NOT_A_NUMBER);
        }
        for (int i = Math.max(0, fraction); i < decimals; i++) {
            units *= 10;
        }
        return units;
    }
}
