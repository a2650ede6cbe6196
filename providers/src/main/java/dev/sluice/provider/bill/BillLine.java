package dev.sluice.provider.bill;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// A line of a bill, as bytes that are looked at where they are: most cells of most rows are never made a text. Neither in UTF-8 nor in
/// GB18030 is a byte of a longer character a comma or a back-tick that follows one.
public final class BillLine {
    private byte[] bytes = {};
    private int start;
    private int stop;
    private final int[] starts = new int[Limits.CELLS + 1];
    private int cells;
    /// The bytes between two cells.
    private int ends = 1;

    void set(byte[] all, int from, int to) {
        bytes = all;
        start = from;
        stop = to;
        cells = 0;
    }

    public boolean isEmpty() {
        return stop == start;
    }

    /// Whether it begins with the character of ASCII.
    public boolean startsWith(char first) {
        return stop > start && bytes[start] == first;
    }

    /// All of it.
    public String text(Charset charset) {
        return decode(start, stop, charset);
    }

    /// Cuts it at the commas.
    ///
    /// @return how many cells there are; one more than allowed when there are too many
    public int cutAtCommas() {
        cells = 1;
        starts[0] = start;
        for (int i = start; i < stop && cells <= Limits.CELLS; i++) {
            if (bytes[i] == ',') {
                starts[cells++] = i + 1;
            }
        }
        ends = 1;
        return cells;
    }

    /// Cuts off the first back-tick and cuts the rest where a back-tick follows a comma.
    ///
    /// @return how many cells there are; one more than allowed when there are too many
    public int cutAtTicks() {
        cells = 1;
        starts[0] = start + 1;
        for (int i = start + 1; i + 1 < stop && cells <= Limits.CELLS; i++) {
            if (bytes[i] == ',' && bytes[i + 1] == '`') {
                starts[cells++] = i + 2;
            }
        }
        ends = 2;
        return cells;
    }

    private int stopOf(int cell) {
        return cell + 1 < cells ? starts[cell + 1] - ends : stop;
    }

    /// A cell without the blanks and tabs around it.
    public String cell(int cell, Charset charset) {
        int from = starts[cell];
        int to = stopOf(cell);
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        return decode(from, to, charset);
    }

    /// Some cells with everything between them.
    public String cells(int first, int last, Charset charset) {
        return decode(starts[first], stopOf(last), charset);
    }

    /// A decimal number, as a whole number of its smallest unit.
    ///
    /// @param decimals how many the unit has; further ones may only be zeros
    /// @throws IllegalArgumentException when it is no such number
    public long decimal(int cell, int decimals) {
        return BillDecimal.parse(bytes, starts[cell], stopOf(cell), decimals);
    }

    /// Whether a cell is the text of ASCII.
    public boolean cellIs(int cell, String text) {
        int from = starts[cell];
        if (stopOf(cell) - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether a cell ends with the character of ASCII.
    public boolean cellEndsWith(int cell, char last) {
        return stopOf(cell) > starts[cell] && bytes[stopOf(cell) - 1] == last;
    }

    static boolean isBlank(byte each) {
        return each == ' ' || each == '\t';
    }

    /// Numbers and times are the most, and ASCII.
    private String decode(int from, int to, Charset charset) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return new String(bytes, from, to - from, charset);
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
