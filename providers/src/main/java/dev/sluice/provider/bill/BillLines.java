package dev.sluice.provider.bill;

import java.io.IOException;
import java.io.InputStream;

/// The lines of a bill, one after the other out of one buffer. A line may end with CR LF or LF, the last one with nothing; a byte order mark
/// at the beginning is skipped.
public final class BillLines {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final BillLine line = new BillLine();
    private byte[] buffer = new byte[Limits.BUFFER_BYTES];
    private int from;
    private int end;
    private long total;
    private int number;

    public BillLines(InputStream in) {
        this.in = in;
    }

    /// The number of the line that was read last, from 1.
    public int number() {
        return number;
    }

    /// Reads the next line, and returns false after the last. The line is valid until the next call.
    ///
    /// @throws BillRejectedException when a line is longer than any, or the bill is
    /// @throws IOException           when it cannot be read
    public boolean next() throws BillRejectedException, IOException {
        int searched = from;
        while (true) {
            int feed = indexOfFeed(searched);
            if (feed >= 0) {
                take(from, feed);
                from = feed + 1;
                return true;
            }
            searched = end - from;
            if (searched > Limits.LINE_BYTES) {
                throw new BillRejectedException(BillFault.BILL_TOO_LARGE, "line " + (number + 1) + " is too long");
            }
            if (!fill()) {
                boolean isLast = end > from;
                if (isLast) {
                    take(from, end);
                    from = end;
                }
                return isLast;
            }
        }
    }

    /// The line that was read last.
    public BillLine line() {
        return line;
    }

    private int indexOfFeed(int start) {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// Moves what is left to the beginning and reads behind it.
    private boolean fill() throws BillRejectedException, IOException {
        System.arraycopy(buffer, from, buffer, 0, end - from);
        end -= from;
        from = 0;
        int read = in.read(buffer, end, buffer.length - end);
        if (read <= 0) {
            return false;
        }
        end += read;
        total += read;
        if (total > Limits.TEXT_BYTES) {
            throw new BillRejectedException(BillFault.BILL_TOO_LARGE, "more than " + Limits.TEXT_BYTES + " bytes");
        }
        return true;
    }

    private void take(int start, int stop) throws BillRejectedException {
        number++;
        if (number > Limits.LINES) {
            throw new BillRejectedException(BillFault.BILL_TOO_LARGE, "more than " + Limits.LINES + " lines");
        }
        int last = stop > start && buffer[stop - 1] == '\r' ? stop - 1 : stop;
        line.set(buffer, number == 1 && isMark(start, last) ? start + MARK.length : start, last);
    }

    private boolean isMark(int start, int stop) {
        return stop - start >= MARK.length && buffer[start] == MARK[0] && buffer[start + 1] == MARK[1] && buffer[start + 2] == MARK[2];
    }
}
