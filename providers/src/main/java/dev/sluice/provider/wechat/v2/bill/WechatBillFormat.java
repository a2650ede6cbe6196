package dev.sluice.provider.wechat.v2.bill;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import dev.sluice.provider.bill.BillFault;
import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.bill.BillLines;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.provider.bill.BillRow;
import dev.sluice.provider.bill.BillTotals;
import dev.sluice.provider.bill.CountedRows;

import static java.nio.charset.StandardCharsets.UTF_8;

/// WeChat Pay's table: a header, rows of cells that each begin with a back-tick, the header of a summary, and the summary. Plain, or one
/// stream of GZIP. Nothing is quoted.
///
/// Source: pay.weixin.qq.com/docs/merchant/products/bill-download/format-trade.html
public final class WechatBillFormat implements BillFormat {
    private static final int GZIP_FIRST = 0x1F;
    private static final int GZIP_SECOND = 0x8B;
    private static final char TICK = '`';
    private static final String CUT = "the end is missing";

    @Override
    public BillTotals read(Path file, BillOf of, Consumer<BillRow> rows) throws BillRejectedException, IOException {
        try (InputStream in = open(file)) {
            return read(new BillLines(in), of, rows);
        } catch (EOFException | ZipException e) {
            throw new BillRejectedException(BillFault.BILL_CUT, String.valueOf(e.getMessage()));
        }
    }

    private static BillTotals read(BillLines lines, BillOf of, Consumer<BillRow> rows) throws BillRejectedException, IOException {
        if (!lines.next()) {
            throw new BillRejectedException(BillFault.BILL_NOT_READABLE, "it is empty");
        }
        var reader = new WechatRowReader(names(lines), of);
        var counted = new CountedRows(of);
        while (lines.next()) {
            if (lines.line().startsWith(TICK)) {
                reader.read(lines, counted, rows);
            } else if (!lines.line().isEmpty()) {
                return summary(lines, reader.sums(), counted);
            }
        }
        throw new BillRejectedException(BillFault.BILL_CUT, CUT);
    }

    private static List<String> names(BillLines lines) {
        return Arrays.asList(lines.line().text(UTF_8).split(",", -1));
    }

    private static BillTotals summary(BillLines lines, WechatSums sums, CountedRows counted) throws BillRejectedException, IOException {
        List<String> names = names(lines);
        if (!WechatSums.isHeader(names)) {
            throw new BillRejectedException(BillFault.BILL_NOT_READABLE, "line " + lines.number());
        }
        if (!lines.next() || !lines.line().startsWith(TICK)) {
            throw new BillRejectedException(BillFault.BILL_CUT, CUT);
        }
        sums.check(names, lines.line(), counted);
        while (lines.next()) {
            if (!lines.line().isEmpty()) {
                throw new BillRejectedException(BillFault.BILL_NOT_READABLE, "line " + lines.number());
            }
        }
        return counted.totals();
    }

    @Override
    public Map<Integer, String> lines(Path file, Set<Integer> numbers) throws BillRejectedException, IOException {
        Map<Integer, String> found = new HashMap<>();
        try (InputStream in = open(file)) {
            var lines = new BillLines(in);
            while (found.size() < numbers.size() && lines.next()) {
                if (numbers.contains(lines.number())) {
                    found.put(lines.number(), lines.line().text(UTF_8));
                }
            }
        }
        return found;
    }

    /// The first bytes decide: WeChat Pay's `Content-Type` does not.
    private static InputStream open(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(2);
            boolean packed = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
            in.reset();
            return packed ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
