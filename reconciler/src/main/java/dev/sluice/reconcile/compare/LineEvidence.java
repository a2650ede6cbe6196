package dev.sluice.reconcile.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.reconcile.bill.StoredBill;

import static dev.sluice.log.row.Columns.texts;

/// Puts the lines of a bill beside the differences that they cause, as evidence.
@Component
public class LineEvidence {
    private final JdbcClient jdbc;

    public LineEvidence(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Keeps the lines of the differences that have none.
    ///
    /// @throws BillRejectedException when the file is not the bill
    /// @throws IOException           when it cannot be read
    public void keep(StoredBill bill, Path file, BillFormat format) throws BillRejectedException, IOException {
        for (int kept = 0; kept < Limits.LINES_OF_A_DAY; kept += Limits.LINES_AT_ONCE) {
            Set<Integer> wanted = wanted(bill);
            if (wanted.isEmpty()) {
                return;
            }
            keep(bill, format.lines(file, wanted));
        }
    }

    /// Those that heal first.
    private Set<Integer> wanted(StoredBill bill) {
        return jdbc.sql("""
                select line from recon.discrepancy where bill_id = :bill and evidence is null and closed_at is null
                order by kind <> 'PaidNotCredited', line limit :most""")
                .param("bill", bill.id()).param("most", Limits.LINES_AT_ONCE).query((row, _) -> row.getInt("line")).set();
    }

    private void keep(StoredBill bill, Map<Integer, String> byLine) {
        jdbc.sql("""
                update recon.discrepancy d set evidence = l.text
                from unnest(:lines::integer[], :texts::text[]) as l (line, text)
                where d.bill_id = :bill and d.line = l.line""")
                .param("bill", bill.id())
                .param("lines", byLine.keySet().toArray(Integer[]::new))
                .param("texts", texts(byLine.values(), text -> text.replace('\0', ' ')))
                .update();
    }
}
