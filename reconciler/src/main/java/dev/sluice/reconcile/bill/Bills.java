package dev.sluice.reconcile.bill;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.zip.ZipException;

import javax.sql.DataSource;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.provider.bill.BillFault;
import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.provider.bill.BillTotals;

/// The stored bills. Of a day's bills the latest has rows; the ones before it keep their content.
@Component
public class Bills {
    private final JdbcClient jdbc;
    private final DataSource database;
    private final BillContent content;
    private final Clock clock;

    public Bills(JdbcClient jdbc, DataSource database, BillContent content, Clock clock) {
        this.jdbc = jdbc;
        this.database = database;
        this.content = content;
        this.clock = clock;
    }

    /// Reads a bill and stores it with its rows, or finds the one with this content, in the caller's transaction. When this
    /// throws, the transaction is to be rolled back.
    ///
    /// @throws BillRejectedException when it is not a whole bill of that account and day
    /// @throws IOException           when the file cannot be read
    public StoredBill store(BillOf of, Path file, BillFormat format, BillOrigin origin) throws BillRejectedException, IOException {
        String sha256 = hash(file);
        Optional<StoredBill> latest = latest(of);
        if (latest.isPresent() && latest.get().sha256().equals(sha256)) {
            return latest.get();
        }
        // For this transaction: joins of a million rows stay in memory.
        jdbc.sql("select set_config('work_mem', :memory, true)").param("memory", Limits.WORKING_MEMORY).query(String.class).single();
        long id = insert(of, latest.map(StoredBill::version).orElse(0) + 1, sha256, origin);
        latest.ifPresent(before -> jdbc.sql("delete from recon.bill_row where bill_id = :id").param("id", before.id()).update());
        BillTotals totals = copyRows(id, of, file, format);
        content.store(id, file);
        // The tables have grown by a large part at once: the plans of the comparison depend on it.
        jdbc.sql("analyze recon.bill_row").update();
        complete(id, totals, countOnce(id));
        return latest(of).orElseThrow();
    }

    private static String hash(Path file) throws BillRejectedException, IOException {
        try {
            return BillContent.sha256(file);
        } catch (EOFException | ZipException e) {
            throw new BillRejectedException(BillFault.BILL_CUT, String.valueOf(e.getMessage()));
        }
    }

    private long insert(BillOf of, int version, String sha256, BillOrigin origin) {
        return jdbc.sql("""
                insert into recon.bill (provider, account, day, version, sha256, origin, actor, stored_at, payments, refunds, paid, refunded,
                    settled, fee)
                values (:provider, :account, :day, :version, :sha256, :origin, :actor, :storedAt::timestamptz, 0, 0, 0, 0, 0, 0)
                returning id""")
                .param("provider", of.provider().code())
                .param("account", of.account())
                .param("day", of.day())
                .param("version", version)
                .param("sha256", sha256)
                .param("origin", origin instanceof BillOrigin.Download ? "DOWNLOAD" : "UPLOAD")
                .param("actor", origin instanceof BillOrigin.Upload(var actor) ? actor.value() : null)
                .param("storedAt", clock.instant().toString())
                .query(Long.class)
                .single();
    }

    private BillTotals copyRows(long id, BillOf of, Path file, BillFormat format) throws BillRejectedException, IOException {
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(RowCopy.SQL);
            try {
                var rows = new RowCopy(copy, id, of);
                BillTotals totals = format.read(file, of, rows);
                rows.flush();
                copy.endCopy();
                return totals;
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("rows of a bill are not stored", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    /// Rows about the same, in this bill or in another: the first counts.
    ///
    /// @return how many do not count
    private long countOnce(long id) {
        return jdbc.sql("""
                update recon.bill_row r set counted = false
                from (select identity, min(line) as first from recon.bill_row where bill_id = :id group by identity) own
                where r.bill_id = :id and r.identity = own.identity
                    and (r.line > own.first
                        or exists (select from recon.bill_row other where other.identity = r.identity and other.bill_id < :id))""")
                .param("id", id)
                .update();
    }

    private void complete(long id, BillTotals totals, long repeated) {
        jdbc.sql("""
                update recon.bill set payments = :payments, refunds = :refunds, paid = :paid, refunded = :refunded, settled = :settled,
                    fee = :fee, repeated = :repeated where id = :id""")
                .param("id", id)
                .param("payments", totals.payments())
                .param("refunds", totals.refunds())
                .param("paid", totals.paid().minorUnits())
                .param("refunded", totals.refunded().minorUnits())
                .param("settled", totals.settled())
                .param("fee", totals.fee())
                .param("repeated", repeated)
                .update();
    }

    /// The latest bill of a day.
    public Optional<StoredBill> latest(BillOf of) {
        return jdbc.sql("""
                select * from recon.bill where provider = :provider and account = :account and day = :day
                order by version desc limit 1""")
                .param("provider", of.provider().code())
                .param("account", of.account())
                .param("day", of.day())
                .query((row, _) -> bill(row))
                .optional();
    }

    private static StoredBill bill(ResultSet row) throws SQLException {
        var of = new BillOf(new Provider(row.getString("provider")), new Merchant("", row.getString("account")),
                row.getObject("day", LocalDate.class));
        var totals = new BillTotals(row.getLong("payments"), row.getLong("refunds"), Money.ofFen(row.getLong("paid")),
                Money.ofFen(row.getLong("refunded")), row.getLong("settled"), row.getLong("fee"));
        return new StoredBill(row.getLong("id"), of, row.getInt("version"), row.getString("sha256"), totals, row.getLong("repeated"),
                row.getTimestamp("stored_at").toInstant());
    }
}
