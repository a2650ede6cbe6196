package dev.sluice.provider.bill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A bill, read whole.
///
/// @param rows   in their order
/// @param totals that the provider agrees with
public record ReadBill(List<BillRow> rows, BillTotals totals) {
    public static ReadBill of(BillFormat format, BillOf of, byte[] bytes) throws BillRejectedException {
        try {
            Path file = Files.createTempFile("bill", "");
            try {
                Files.write(file, bytes);
                List<BillRow> rows = new ArrayList<>();
                return new ReadBill(rows, format.read(file, of, rows::add));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A bill of the samples.
    public static byte[] sample(String name) {
        try (InputStream in = Objects.requireNonNull(ReadBill.class.getResourceAsStream("/bills/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long count(BillRow.Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).count();
    }
}
