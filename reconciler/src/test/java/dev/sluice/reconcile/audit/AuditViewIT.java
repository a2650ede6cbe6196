package dev.sluice.reconcile.audit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

import dev.sluice.event.ConfirmationSource;
import dev.sluice.event.HoldReason;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.Arrival;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.books.AuditHeadPublished;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.LogRecords;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.reconcile.audit.Verification.Broken;
import dev.sluice.reconcile.audit.Verification.Difference;
import dev.sluice.reconcile.audit.Verification.Progress;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;
import dev.sluice.testing.RoundTrips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/// The rows of the audit, and what a change of them shows, on a real PostgreSQL.
class AuditViewIT {
    /// What a view may cost for each poll, less the statements that lock and move its position.
    private static final int MOST_ROUND_TRIPS = 8 - 2;
    private static final String EVENTS = "sluice.events";

    private static EmbeddedPostgres postgres;
    private static RoundTrips database;
    private static AuditRows rows;
    private static AuditView view;
    private final LogRecords log = new LogRecords();

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations("classpath:db/audit").schemas("audit").load().migrate();
        database = new RoundTrips(postgres.getPostgresDatabase());
        rows = new AuditRows(database.jdbc());
        view = new AuditView(rows);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc().sql("truncate audit.event, audit.position").update();
    }

    @Test
    void aPollCostsAFewStatements() {
        assertThat(database.of(() -> view.apply(orders(200)))).isLessThanOrEqualTo(MOST_ROUND_TRIPS);
    }

    @Test
    void recordsThatComeAgainChangeNothing() {
        List<LogRecord> records = orders(3);
        apply(records);
        List<String> before = all();

        apply(records);
        apply(records.subList(4, records.size()));

        assertThat(all()).isEqualTo(before).hasSize(records.size());
    }

    /// Nothing in a row depends on the company in which its record was read.
    @Test
    void aRebuildMakesTheSameRowsWithTheSameHashes() {
        List<LogRecord> records = orders(5);
        apply(records);
        List<String> before = all();
        empty();

        records.forEach(record -> apply(List.of(record)));

        assertThat(all()).isEqualTo(before);
    }

    @Test
    void saysWhatEachEventMeansInMoney() {
        apply(records(Facts.order("A", 7, 7300, 5_000), Facts.payment("A", "XA", 7300), Facts.credited("A", "XA", 7, 5_000),
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
        apply(records(Facts.order("O1", 7, 7300, 5_000_000), Facts.payment("O1", "X1", 7300), Facts.credited("O1", "X1", 7, 5_000_000)));
        apply(records(Facts.order("O2", 8, 2000, 1_000_000), Facts.payment("O2", "X2", 2000), Facts.credited("O2", "X2", 8, 1_000_000)));
        apply(records(Facts.order("O3", 7, 1000, 500_000), Facts.payment("O3", "X3", 1000), Facts.credited("O3", "X3", 7, 500_000),
                Facts.payment("O3", "Y3", 1000), Facts.held("O3", "Y3", Money.ofFen(1000), HoldReason.DUPLICATE_PAYMENT),
                succeeded("O3", "R3", 1000, Arrival.PAYER)));
        apply(records(reserved("O2", "R2", 8, 250_000), succeeded("O2", "R2", 500, Arrival.PAYER), taken("O2", "R2", 8, 250_000)));
        apply(records(reserved("O1", "R1", 7, 2_500_000), returned("O1", "R1", 7, 2_500_000)));
        String page = Files.readString(Path.of("../docs/finance.md"));
        String month = page.substring(page.indexOf("## A worked month"), page.indexOf("## The chain"));

        List<String> made = database.jdbc().sql("""
                select concat('| `', split_part(type, '.', 3), '` | ', trade_no, ' | ', (money_in / 100.0)::decimal(9, 2) || ' ', '| ',
                    (money_out / 100.0)::decimal(9, 2) || ' ', '| ', quota || ' ', '| ', '`' || debit_account || '` ', '| ',
                    '`' || credit_account || '` ', '|')
                from audit.event where coalesce(money_in, money_out, quota) is not null""").query(String.class).list();
        assertThat(made).containsExactlyInAnyOrderElementsOf(month.lines().filter(line -> line.matches(".*\\| O\\d \\|.*")).toList());
        List<String> totals = database.jdbc().sql("""
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
        apply(records(Facts.order("A", 7, 7300, 5), Facts.payment("A", "XA", 7300), Facts.payment("A", "XA", 7300)));
        apply(records(Facts.payment("A", "XA", 7300)));

        assertThat(database.jdbc().sql("select repeated || ' ' || coalesce(money_in::text, '-') from audit.event"
                + " where type like '%PaymentConfirmed%' order by record_offset").query(String.class).list())
                .containsExactly("false 7300", "true -", "true -");
    }

    @Test
    void aRecordThatCannotBeReadIsARowToo() {
        LogRecord good = log.of(Facts.order("A", 7, 7300, 5), Facts.AT);
        var raw = new ConsumerRecord<>(EVENTS, good.partition(), good.offset() + 1, "\0key", "no JSON\0".getBytes(StandardCharsets.UTF_8));
        apply(List.of(good, new LogRecord(raw, new DecodedRecord.NotUnderstood("not a CloudEvent"))));

        assertThat(verify().verified()).isTrue();
        assertThat(database.jdbc().sql("select count(*) from audit.event where type = ''").query(Long.class).single()).isOne();
    }

    @Test
    void refusesUpdateAndDelete() {
        apply(orders(1));

        for (String change : List.of("update audit.event set money_in = 1", "delete from audit.event")) {
            assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> database.jdbc().sql(change).update())
                    .withMessageContaining("append-only");
        }
    }

    @Test
    void aWholeChainIsVerifiedAndSaysWhatItCovered() {
        apply(orders(40));
        publish();
        apply(orders(1));

        Progress progress = verify();

        assertThat(progress.verified()).isTrue();
        assertThat(progress.rows()).isEqualTo(database.jdbc().sql("select count(*) from audit.event").query(Long.class).single());
        assertThat(progress.covered()).allSatisfy(partition -> assertThat(partition.heads()).isOne());
    }

    /// One byte, in any column.
    @ParameterizedTest
    @ValueSource(strings = {"event_id = overlay(event_id placing '!' from 3)", "type = overlay(type placing 'x' from 1)",
            "at = at + interval '1 microsecond'", "repeated = not repeated", "trade_no = trade_no || '1'", "user_id = '8'", "user_id = null",
            "provider = 'alipay'", "refund_no = ''", "actor = '1'", "money_in = coalesce(money_in, 0) + 1", "money_out = 1", "currency = 'USD'",
            "quota = coalesce(quota, 0) + 1", "debit_account = 'issueD'", "credit_account = 'user:8'",
            "value = set_byte(value, 5, get_byte(value, 5) # 1)", "hash = set_byte(hash, 31, get_byte(hash, 31) # 1)"})
    void findsAFlippedByte(String change) {
        apply(orders(30));
        publish();
        Place place = aRow();

        tamper("update audit.event set " + change + place.where());

        assertThat(verify().broken()).isEqualTo(new Broken(EVENTS, place.partition(), place.offset(), Difference.CONTENT_DIFFERS));
    }

    @Test
    void findsADeletedRow() {
        apply(orders(30));
        Place place = aRow();

        tamper("delete from audit.event" + place.where());

        assertThat(verify().broken()).isEqualTo(new Broken(EVENTS, place.partition(), place.offset() + 1, Difference.ROWS_MISSING_OR_ADDED));
    }

    @Test
    void findsAnInsertedRow() {
        apply(orders(30));
        Place place = aRow();

        // Behind the last one, with a number that fits and a hash that cannot.
        tamper("insert into audit.event select topic, partition, record_offset + 1000000, (select max(place) + 1 from audit.event where topic"
                + " = '" + EVENTS + "' and partition = " + place.partition() + "), event_id, type, at, repeated, trade_no, user_id, provider,"
                + " refund_no, actor, money_in, money_out, currency, quota, debit_account, credit_account, value, hash from audit.event"
                + place.where());

        assertThat(verify().broken())
                .isEqualTo(new Broken(EVENTS, place.partition(), place.offset() + 1_000_000, Difference.CONTENT_DIFFERS));
    }

    /// Who knows the layout can make hashes that fit; only a head that is kept elsewhere shows it.
    @Test
    void findsAChainThatWasWrittenAnewByAPublishedHead() {
        List<LogRecord> records = new ArrayList<>(records(Facts.order("A", 7, 7300, 5), Facts.payment("A", "XA", 7300)));
        apply(records);
        List<AuditHeadPublished> heads = publish();
        empty();
        LogRecord first = records.getFirst();
        apply(List.of(new LogRecord(new ConsumerRecord<>(EVENTS, first.partition(), first.offset(), "A", first.raw().value()),
                first.content()), records.get(1)));

        assertThat(verify(List.of()).verified()).as("the chain alone").isTrue();
        assertThat(verify(heads).broken()).isEqualTo(new Broken(EVENTS, first.partition(), records.get(1).offset(),
                Difference.PUBLISHED_HEAD_DIFFERS));
    }

    @Test
    void findsACutTailByAPublishedHead() {
        apply(records(Facts.order("A", 7, 7300, 5), Facts.payment("A", "XA", 7300), Facts.credited("A", "XA", 7, 5)));
        publish();
        Place last = new Place(partition("A"), 2);

        tamper("delete from audit.event" + last.where());

        assertThat(verify().broken()).isEqualTo(new Broken(EVENTS, last.partition(), 2, Difference.TAIL_MISSING));
        database.jdbc().sql("truncate audit.position").update();
        assertThat(verify().verified()).as("of a view that is rebuilt, what it has not read yet").isTrue();
    }

    @Test
    void findsThatAWholePartitionIsGone() {
        apply(records(Facts.order("A", 7, 7300, 5)));
        publish();

        tamper("delete from audit.event where partition = " + partition("A"));

        assertThat(verify().broken()).isEqualTo(new Broken(EVENTS, partition("A"), 0, Difference.TAIL_MISSING));
    }

    private record Place(int partition, long offset) {
        String where() {
            return " where topic = '" + EVENTS + "' and partition = " + partition + " and record_offset = " + offset;
        }
    }

    /// One in the middle of a partition.
    private static Place aRow() {
        return database.jdbc().sql("""
                select partition, record_offset from audit.event where type like '%%PaymentConfirmed%%'
                order by partition, record_offset offset 3 limit 1""".replace("%%", "%"))
                .query((row, _) -> new Place(row.getInt(1), row.getLong(2))).single();
    }

    /// As one does who may do everything in the database.
    private static void tamper(String sql) {
        database.jdbc().sql("set session_replication_role = replica; " + sql + "; set session_replication_role = origin").update();
    }

    private List<AuditHeadPublished> publish() {
        heads = List.of(new AuditHeadPublished(LocalDate.of(2026, 11, 22), rows.heads(rows.partitions()).entrySet().stream()
                .map(last -> new AuditHeadPublished.Head(last.getKey().topic(), last.getKey().partition(), last.getValue().offset(),
                        last.getValue().number(), HexFormat.of().formatHex(last.getValue().hash())))
                .toList()));
        return heads;
    }

    private List<AuditHeadPublished> heads = List.of();

    private Progress verify() {
        return verify(heads);
    }

    private static Progress verify(List<AuditHeadPublished> heads) {
        var verification = new Verification(rows, heads);
        Progress progress = verification.walk();
        while (!progress.isEnd()) {
            progress = verification.walk();
        }
        return progress;
    }

    private int partition(String tradeNumber) {
        return Math.floorMod(tradeNumber.hashCode(), 3);
    }

    private void apply(List<LogRecord> records) {
        database.inTransaction(() -> {
            view.apply(records);
            records.forEach(record -> database.jdbc().sql("""
                    insert into audit.position as p (view, topic, partition, next_offset) values ('audit', :topic, :partition, :next)
                    on conflict (view, topic, partition) do update set next_offset = greatest(p.next_offset, excluded.next_offset)""")
                    .params(Map.of("topic", record.raw().topic(), "partition", record.partition(), "next", record.offset() + 1)).update());
        });
    }

    private List<LogRecord> orders(int many) {
        String name = "O" + UUID.randomUUID().toString().substring(0, 8);
        return Stream.iterate(0, i -> i + 1).limit(many).flatMap(i -> records(Facts.order(name + i, 7, 7300, 5),
                Facts.payment(name + i, "X" + name + i, 7300), Facts.credited(name + i, "X" + name + i, 7, 5)).stream()).toList();
    }

    private List<LogRecord> records(TopUpEvent... events) {
        return Stream.of(events).map(event -> log.of(event, Facts.AT)).toList();
    }

    private static List<String> all() {
        return database.jdbc().sql("select e::text from audit.event e order by topic, partition, record_offset").query(String.class).list();
    }

    private static List<String> meanings(String tradeNumber) {
        return database.jdbc().sql("""
                select split_part(type, '.', 3) || coalesce(' ' || user_id, '') || coalesce(' ' || provider, '') || coalesce(' in ' || money_in, '')
                    || coalesce(' out ' || money_out, '') || coalesce(' ' || currency, '') || coalesce(' ' || quota, '')
                    || coalesce(' ' || debit_account || '>' || credit_account, '')
                from audit.event where trade_no = ? order by record_offset""").param(tradeNumber).query(String.class).list();
    }

    private static RefundEvent reserved(String order, String refund, long user, long quota) {
        return new RefundEvent.RefundReserved(new TradeNumber(order), new RefundNumber(refund),
                new RefundEvent.Paid(Providers.WECHAT, Facts.MERCHANT, new TransactionId("XA"), Money.ofFen(7300)), Money.ofFen(3650),
                new RefundEvent.Reservation.OfQuota(new UserId(Long.toString(user)), new Quota(quota), new Quota(0), UUID.randomUUID()), false,
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
        return new RefundEvent.QuotaTaken(new TradeNumber(order), new RefundNumber(refund), new UserId(Long.toString(user)), new Quota(quota),
                new Quota(0), UUID.randomUUID());
    }

    private static RefundEvent returned(String order, String refund, long user, long quota) {
        return new RefundEvent.QuotaReturned(new TradeNumber(order), new RefundNumber(refund), new UserId(Long.toString(user)),
                new Quota(quota), new Quota(0), UUID.randomUUID());
    }
}
