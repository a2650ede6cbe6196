package dev.sluice.provider.alipay.bill;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import dev.sluice.provider.bill.BillFault;
import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.bill.BillLines;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.provider.bill.BillRow;
import dev.sluice.provider.bill.BillTotals;

/// Alipay's archive of two tables in GBK. The table of the rows is found by its first line, not by its name: names are in GBK too, and
/// differ. The table itself is read as well, for bills that an operator has unpacked.
///
/// Source: opendocs.alipay.com, "下载对账单"; the layout from bills and from public importers of them
public final class AlipayBillFormat implements BillFormat {
    private static final Charset NAMES = Charset.forName("GBK");
    private static final int MOST_ENTRIES = 100;

    @Override
    public BillTotals read(Path file, BillOf of, Consumer<BillRow> rows) throws BillRejectedException, IOException {
        return opened(file, in -> new AlipayTable(new BillLines(in), of).read(rows));
    }

    @Override
    public Map<Integer, String> lines(Path file, Set<Integer> numbers) throws BillRejectedException, IOException {
        return opened(file, in -> lines(new BillLines(in), numbers));
    }

    private static Map<Integer, String> lines(BillLines lines, Set<Integer> numbers) throws BillRejectedException, IOException {
        Map<Integer, String> found = new HashMap<>();
        Charset charset = NAMES;
        while (found.size() < numbers.size() && lines.next()) {
            charset = lines.number() == 1 ? AlipayTable.charset(lines.line()) : charset;
            if (numbers.contains(lines.number())) {
                found.put(lines.number(), lines.line().text(charset));
            }
        }
        return found;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(InputStream in) throws BillRejectedException, IOException;
    }

    private static <T> T opened(Path file, Reading<T> reading) throws BillRejectedException, IOException {
        if (!isArchive(file)) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                return reading.of(in);
            }
        }
        try (ZipFile archive = new ZipFile(file.toFile(), NAMES); InputStream in = archive.getInputStream(table(archive))) {
            return reading.of(in);
        } catch (ZipException | IllegalArgumentException e) {
            throw new BillRejectedException(BillFault.BILL_ARCHIVE_MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isArchive(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }

    private static ZipEntry table(ZipFile archive) throws BillRejectedException, IOException {
        if (archive.size() > MOST_ENTRIES) {
            throw new BillRejectedException(BillFault.BILL_TOO_LARGE, "more than " + MOST_ENTRIES + " entries");
        }
        List<ZipEntry> tables = new ArrayList<>();
        for (Enumeration<? extends ZipEntry> entries = archive.entries(); entries.hasMoreElements();) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName();
            if (name.contains("..") || name.startsWith("/") || name.contains("\\") || name.indexOf('\0') >= 0) {
                throw new BillRejectedException(BillFault.BILL_ARCHIVE_MALFORMED, "an entry is outside the archive");
            }
            if (!entry.isDirectory() && isTableOfRows(archive, entry)) {
                tables.add(entry);
            }
        }
        if (tables.size() != 1) {
            throw new BillRejectedException(BillFault.BILL_NOT_READABLE, tables.size() + " tables of rows in the archive");
        }
        return tables.getFirst();
    }

    private static boolean isTableOfRows(ZipFile archive, ZipEntry entry) throws BillRejectedException, IOException {
        try (InputStream in = archive.getInputStream(entry)) {
            var lines = new BillLines(in);
            return lines.next() && AlipayTable.isTitle(lines.line());
        } catch (BillRejectedException e) {
            // A line without end is no title.
            return false;
        }
    }
}
