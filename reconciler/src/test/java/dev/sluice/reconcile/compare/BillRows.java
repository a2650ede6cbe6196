package dev.sluice.reconcile.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.event.TopUpEvent;
import dev.sluice.event.books.BooksFact;
import dev.sluice.log.LogRecords;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.reconcile.bill.BillContent;
import dev.sluice.reconcile.bill.BillOrigin;
import dev.sluice.reconcile.bill.Bills;
import dev.sluice.reconcile.bill.StoredBill;
import dev.sluice.reconcile.logged.LoggedBooks;
import dev.sluice.reconcile.logged.LoggedPayments;
import dev.sluice.reconcile.logged.LoggedRefunds;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;
import dev.sluice.testing.StandingClock;

/// Bills and what the log says, on a real PostgreSQL.
public final class BillRows implements AutoCloseable {
    public static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private final EmbeddedPostgres postgres;
    private final JdbcClient jdbc;
    private final StandingClock clock = new StandingClock(Facts.AT);
    private final LogRecords records = new LogRecords();
    private final TransactionTemplate transactions;

    public BillRows() throws IOException {
        postgres = EmbeddedPostgres.start();
        var database = postgres.getPostgresDatabase();
        Flyway.configure().dataSource(database).locations("classpath:db/recon").schemas("recon").load().migrate();
        jdbc = JdbcClient.create(database);
        transactions = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    void clear() {
        jdbc.sql("""
                truncate recon.logged_order, recon.logged_payment, recon.logged_refund, recon.bill_day, recon.bill cascade""").update();
        jdbc.sql("truncate recon.bill_row, recon.discrepancy, recon.resolution, recon.compared").update();
    }

    static BillOf of(LocalDate day) {
        return new BillOf(Providers.WECHAT, Facts.MERCHANT, day);
    }

    void log(TopUpEvent... facts) {
        List<LogRecord> all = List.of(facts).stream().map(fact -> records.of(fact, clock.instant())).toList();
        transactions.executeWithoutResult(_ -> {
            new LoggedPayments(jdbc).apply(all);
            new LoggedRefunds(jdbc).apply(all);
        });
    }

    void log(BooksFact fact) {
        new LoggedBooks(jdbc).apply(List.of(records.of(fact, clock.instant())));
    }

    Bills bills() {
        return new Bills(jdbc, postgres.getPostgresDatabase(), new BillContent(jdbc), clock);
    }

    /// Stores the bill and compares its rows.
    StoredBill compare(LocalDate day, Path file) {
        BillFormat format = PaymentChannels.installed().find(Providers.WECHAT).orElseThrow().bills().orElseThrow();
        return transactions.execute(_ -> {
            try {
                StoredBill bill = bills().store(of(day), file, format, new BillOrigin.Download());
                new Comparison(jdbc, clock).compareRows(bill);
                new LineEvidence(jdbc).keep(bill, file, format);
                return bill;
            } catch (BillRejectedException | IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    void compareLog(LocalDate day) {
        new Comparison(jdbc, clock).compareLog(of(day), day);
    }

    void pass(Instant now) {
        clock.set(now);
    }

    /// Kind, trade number, expected and found of the open differences.
    List<String> open() {
        return jdbc.sql("select concat_ws(' ', kind, trade_no, expected || '/' || found) from recon.discrepancy d where "
                + Discrepancies.OPEN + " order by 1").query(String.class).list();
    }

    List<String> ids() {
        return jdbc.sql("select id::text from recon.discrepancy order by 1").query(String.class).list();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
