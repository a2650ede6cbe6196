package dev.sluice.reconcile.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.dao.DataAccessException;

import dev.sluice.event.HoldReason;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.Arrival;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/// The rows of the audit, on a real PostgreSQL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditViewIT {
    /// What a view may cost for each poll, less the statements that lock and move its position.
    private static final int MOST_ROUND_TRIPS = 8 - 2;
    private static final String EVENTS = "sluice.events";

    private final AuditTables table = new AuditTables();

    @AfterAll
    void stop() throws IOException {
        table.close();
    }

    @BeforeEach
    void empty() {
        table.empty();
        table.restartLog();
    }

    @Test
    void aPollCostsAFewStatements() {
        assertThat(table.database().of(() -> table.view().apply(table.orders(200)))).isLessThanOrEqualTo(MOST_ROUND_TRIPS);
    }

    @Test
    void recordsThatComeAgainChangeNothing() {
        List<LogRecord> records = table.orders(3);
        table.apply(records);
        List<String> before = all();

        table.apply(records);
        table.apply(records.subList(4, records.size()));

        assertThat(all()).isEqualTo(before).hasSize(records.size());
    }

    /// Nothing in a row depends on the company in which its record was read.
    @Test
    void aRebuildMakesTheSameRowsWithTheSameHashes() {
        List<LogRecord> records = table.orders(5);
        table.apply(records);
        List<String> before = all();
        empty();

        records.forEach(record -> table.apply(List.of(record)));

        assertThat(all()).isEqualTo(before);
    }

    @Test
    void saysWhatEachEventMeansInMoney() {
        table.apply(table.records(Facts.order("A", 7, 7300, 5_000), Facts.payment("A", "XA", 7300), Facts.credited("A", "XA", 7, 5_000),
                reserved("A", "R1", 7, 2_500), succeeded("A", "R1", 3650, Arrival.PROVIDER), succeeded("A", "R1", 3650, Arrival.PAYER),
                taken("A", "R1", 7, 2_500), reserved("A", "R2", 7, 100), returned("A", "R2", 7, 100), found("A", "R3", 100),
                taken("A", "R3", 7, 70),
                Facts.payment("B", "XA", 7300), Facts.held("B", "XA", Money.ofFen(7300), HoldReason.TRANSACTION_REUSED)));

        assertThat(meanings("A")).containsExactly(
                "OrderCreated 7 wechat",
                "PaymentConfirmed 7 wechat in 7300 CNY",
                "QuotaCredited 7 wechat 5000 issued>user:7",
                "RefundReserved 7 wechat 2500 user:7>held:7",
                "RefundSucceeded 7 wechat out 3650 CNY",
                "RefundSucceeded 7 wechat",
                "QuotaTaken 7 wechat 2500 held:7>issued",
                "RefundReserved 7 wechat 100 user:7>held:7",
                "QuotaReturned 7 wechat 100 held:7>user:7",
                "RefundFound 7 wechat out 100 CNY",
                "QuotaTaken 7 wechat 70 user:7>issued");
        assertThat(meanings("B")).as("the same money, counted once").containsExactly("PaymentConfirmed wechat in 7300 CNY",
                "PaymentHeld wechat in -7300 CNY");
    }

    /// The page for finance has this month, row by row.
    @Test
    void makesTheWorkedMonthOfThePageForFinance() throws Exception {
        table.apply(table.records(Facts.order("O1", 7, 7300, 5_000_000), Facts.payment("O1", "X1", 7300),
                Facts.credited("O1", "X1", 7, 5_000_000)));
        table.apply(table.records(Facts.order("O2", 8, 2000, 1_000_000), Facts.payment("O2", "X2", 2000),
                Facts.credited("O2", "X2", 8, 1_000_000)));
        table.apply(
                table.records(Facts.order("O3", 7, 1000, 500_000), Facts.payment("O3", "X3", 1000), Facts.credited("O3", "X3", 7, 500_000),
                        Facts.payment("O3", "Y3", 1000), Facts.held("O3", "Y3", Money.ofFen(1000), HoldReason.DUPLICATE_PAYMENT),
                        succeeded("O3", "R3", 1000, Arrival.PAYER)));
        table.apply(
                table.records(reserved("O2", "R2", 8, 250_000), succeeded("O2", "R2", 500, Arrival.PAYER), taken("O2", "R2", 8, 250_000)));
        table.apply(table.records(reserved("O1", "R1", 7, 2_500_000), returned("O1", "R1", 7, 2_500_000)));
        String page = Files.readString(Path.of("../docs/finance.md"));
        String month = page.substring(page.indexOf("## A worked month"), page.indexOf("## The chain"));

        List<String> made = table.database().jdbc().sql("""
                select concat('| `', split_part(type, '.', 3), '` | ', trade_no, ' | ', (money_in / 100.0)::decimal(9, 2) || ' ', '| ',
                    (money_out / 100.0)::decimal(9, 2) || ' ', '| ', quota || ' ', '| ', '`' || debit_account || '` ', '| ',
                    '`' || credit_account || '` ', '|')
                from audit.event where coalesce(money_in, money_out, quota) is not null""").query(String.class).list();
        assertThat(made).containsExactlyInAnyOrderElementsOf(month.lines().filter(line -> line.matches(".*\\| O\\d \\|.*")).toList());
        List<String> totals = table.database().jdbc().sql("""
                with m as (
                    select credit_account as account, quota from audit.event where quota is not null
                    union all select debit_account, -quota from audit.event where quota is not null)
                select '| money in | ' || (sum(money_in) / 100.0)::decimal(9, 2) || ' |' from audit.event
                union all select '| money out | ' || (sum(money_out) / 100.0)::decimal(9, 2) || ' |' from audit.event
                union all select '| kept | ' || ((sum(money_in) - sum(money_out)) / 100.0)::decimal(9, 2) || ' |' from audit.event
                union all select '| `' || account || '` | ' || sum(quota) || ' |' from m where account like 'user:%' group by account
                union all select '| issued and not taken back | ' || -sum(quota) || ' |' from m where account = 'issued'""")
                .query(String.class).list();
        assertThat(month.lines()).containsAll(totals);
    }

    @Test
    void anEventThatTheLogHasTwiceIsARowThatCountsForNothing() {
        table.apply(table.records(Facts.order("A", 7, 7300, 5), Facts.payment("A", "XA", 7300), Facts.payment("A", "XA", 7300)));
        table.apply(table.records(Facts.payment("A", "XA", 7300)));

        assertThat(table.database().jdbc().sql("select repeated || ' ' || coalesce(money_in::text, '-') from audit.event"
                + " where type like '%PaymentConfirmed%' order by record_offset").query(String.class).list())
                .containsExactly("false 7300", "true -", "true -");
    }

    @Test
    void aRecordThatCannotBeReadIsARowToo() {
        LogRecord good = table.records(Facts.order("A", 7, 7300, 5)).getFirst();
        var raw = new ConsumerRecord<>(EVENTS, good.partition(), good.offset() + 1, "\0key", "no JSON\0".getBytes(StandardCharsets.UTF_8));
        table.apply(List.of(good, new LogRecord(raw, new DecodedRecord.NotUnderstood("not a CloudEvent"))));

        assertThat(table.verify(List.of()).verified()).isTrue();
        assertThat(table.database().jdbc().sql("select count(*) from audit.event where type = ''").query(Long.class).single()).isOne();
    }

    @Test
    void refusesUpdateAndDelete() {
        table.apply(table.orders(1));

        for (String change : List.of("update audit.event set money_in = 1", "delete from audit.event")) {
            assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> table.database().jdbc().sql(change).update())
                    .withMessageContaining("append-only");
        }
    }

    private List<String> all() {
        return table.database().jdbc().sql("select e::text from audit.event e order by topic, partition, record_offset").query(String.class)
                .list();
    }

    private List<String> meanings(String tradeNumber) {
        return table.database().jdbc().sql("""
                select split_part(type, '.', 3) || coalesce(' ' || user_id, '') || coalesce(' ' || provider, '') || coalesce(' in ' || money_in, '')
                    || coalesce(' out ' || money_out, '') || coalesce(' ' || currency, '') || coalesce(' ' || quota, '')
                    || coalesce(' ' || debit_account || '>' || credit_account, '')
                from audit.event where trade_no = ? order by record_offset""").param(tradeNumber).query(String.class).list();
    }

    private static RefundEvent reserved(String order, String refund, long user, long quota) {
        return new RefundEvent.RefundReserved(new TradeNumber(order), new RefundNumber(refund),
                new RefundEvent.Paid(Providers.WECHAT, Facts.MERCHANT, new TransactionId("XA"), Money.ofFen(7300)), Money.ofFen(3650),
                new RefundEvent.Reservation.OfQuota(new UserId(Long.toString(user)), new Quota(quota), new Quota(0), UUID.randomUUID()),
                false,
                "why");
    }

    private static RefundEvent succeeded(String order, String refund, long fen, Arrival arrival) {
        return new RefundEvent.RefundSucceeded(new TradeNumber(order), new RefundNumber(refund), Providers.WECHAT, Money.ofFen(fen),
                new RefundEvent.ProviderRefund("50", Money.ofFen(fen), Facts.AT), arrival, Evidence.ofAnswer(Instant.EPOCH, new byte[0]));
    }

    private static RefundEvent found(String order, String refund, long fen) {
        return new RefundEvent.RefundFound(new TradeNumber(order), new RefundNumber(refund),
                new RefundEvent.Payment(Providers.WECHAT, new TransactionId("XA")), Money.ofFen(fen),
                new RefundEvent.ProviderRefund("51", Money.ofFen(fen), Facts.AT), ConfirmationSource.BILL,
                Evidence.ofAnswer(Instant.EPOCH, new byte[0]));
    }

    private static RefundEvent taken(String order, String refund, long user, long quota) {
        return new RefundEvent.QuotaTaken(new TradeNumber(order), new RefundNumber(refund), new UserId(Long.toString(user)),
                new Quota(quota),
                new Quota(0), UUID.randomUUID());
    }

    private static RefundEvent returned(String order, String refund, long user, long quota) {
        return new RefundEvent.QuotaReturned(new TradeNumber(order), new RefundNumber(refund), new UserId(Long.toString(user)),
                new Quota(quota), new Quota(0), UUID.randomUUID());
    }
}
