package dev.sluice.provider.bill;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// A time of a bill, `2026-03-14 09:12:33`, in Beijing.
public final class BillTime {
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final int LENGTH = 19;

    private BillTime() {}

    /// Reads it; old bills have two blanks in it.
    ///
    /// @throws IllegalArgumentException   when it is no time
    /// @throws java.time.DateTimeException when no calendar has it
    public static Instant parse(String text) {
        String one = text.length() == LENGTH + 1 ? text.replace("  ", " ") : text;
        if (one.length() != LENGTH || one.charAt(4) != '-' || one.charAt(7) != '-' || one.charAt(10) != ' ' || one.charAt(13) != ':'
                || one.charAt(16) != ':') {
            throw new IllegalArgumentException("not a time");
        }
        return LocalDateTime.of(number(one, 0, 4), number(one, 5, 7), number(one, 8, 10), number(one, 11, 13), number(one, 14, 16),
                number(one, 17, LENGTH)).toInstant(BEIJING);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException("not a time");
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
