package dev.sluice.reconcile.audit;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.books.AuditHeadPublished;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.reconcile.audit.Verification.Broken;
import dev.sluice.reconcile.audit.Verification.Difference;
import dev.sluice.reconcile.audit.Verification.Progress;
import dev.sluice.testing.Facts;

import static org.assertj.core.api.Assertions.assertThat;

/// What was changed in the audit's table is found and named.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationIT {
    private static final String EVENTS = "sluice.events";

    private final AuditTables table = new AuditTables();
    private List<AuditHeadPublished> heads = List.of();

    @AfterAll
    void stop() throws IOException {
        table.close();
    }

    @BeforeEach
    void empty() {
        table.empty();
        table.restartLog();
        heads = List.of();
    }

    @Test
    void aWholeChainIsVerifiedAndSaysWhatItCovered() {
        table.apply(table.orders(40));
        publish();
        table.apply(table.orders(1));

        Progress progress = verify();

        assertThat(progress.verified()).isTrue();
        assertThat(progress.rows()).isEqualTo(table.database().jdbc().sql("select count(*) from audit.event").query(Long.class).single());
        assertThat(progress.covered()).allSatisfy(partition -> assertThat(partition.heads()).isOne());
    }

    /// One byte, in any column.
    @ParameterizedTest
    @ValueSource(strings = {"event_id = overlay(event_id placing '!' from 3)", "type = overlay(type placing 'x' from 1)",
            "at = at + interval '1 microsecond'", "repeated = not repeated", "trade_no = trade_no || '1'", "user_id = '8'",
            "user_id = null",
            "provider = 'alipay'", "refund_no = ''", "actor = '1'", "money_in = coalesce(money_in, 0) + 1", "money_out = 1",
            "currency = 'USD'",
            "quota = coalesce(quota, 0) + 1", "debit_account = 'issueD'", "credit_account = 'user:8'",
            "value = set_byte(value, 5, get_byte(value, 5) # 1)", "hash = set_byte(hash, 31, get_byte(hash, 31) # 1)"})
    void findsAFlippedByte(String change) {
        table.apply(table.orders(30));
        publish();
        Place place = aRow();

        table.tamper("update audit.event set " + change + place.where());

        assertThat(verify().broken()).isEqualTo(new Broken(EVENTS, place.partition(), place.offset(), Difference.CONTENT_DIFFERS));
    }

    @Test
    void findsADeletedRow() {
        table.apply(table.orders(30));
        Place place = aRow();

        table.tamper("delete from audit.event" + place.where());

        assertThat(verify().broken())
                .isEqualTo(new Broken(EVENTS, place.partition(), place.offset() + 1, Difference.ROWS_MISSING_OR_ADDED));
    }

    @Test
    void findsAnInsertedRow() {
        table.apply(table.orders(30));
        Place place = aRow();

        // Behind the last one, with a number that fits and a hash that cannot.
        table.tamper(
                "insert into audit.event select topic, partition, record_offset + 1000000, (select max(place) + 1 from audit.event where topic"
                        + " = '" + EVENTS + "' and partition = " + place.partition()
                        + "), event_id, type, at, repeated, trade_no, user_id, provider,"
                        + " refund_no, actor, money_in, money_out, currency, quota, debit_account, credit_account, value, hash from audit.event"
                        + place.where());

        assertThat(verify().broken())
                .isEqualTo(new Broken(EVENTS, place.partition(), place.offset() + 1_000_000, Difference.CONTENT_DIFFERS));
    }

    /// Who knows the layout can make hashes that fit; only a head that is kept elsewhere shows it.
    @Test
    void findsAChainThatWasWrittenAnewByAPublishedHead() {
        List<LogRecord> records = new ArrayList<>(table.records(Facts.order("A", 7, 7300, 5), Facts.payment("A", "XA", 7300)));
        table.apply(records);
        publish();
        table.empty();
        LogRecord first = records.getFirst();
        table.apply(List.of(new LogRecord(new ConsumerRecord<>(EVENTS, first.partition(), first.offset(), "A", first.raw().value()),
                first.content()), records.get(1)));

        assertThat(verify(List.of()).verified()).as("the chain alone").isTrue();
        assertThat(verify(heads).broken()).isEqualTo(new Broken(EVENTS, first.partition(), records.get(1).offset(),
                Difference.PUBLISHED_HEAD_DIFFERS));
    }

    @Test
    void findsACutTailByAPublishedHead() {
        table.apply(table.records(Facts.order("A", 7, 7300, 5), Facts.payment("A", "XA", 7300), Facts.credited("A", "XA", 7, 5)));
        publish();
        Place last = new Place(partition("A"), 2);

        table.tamper("delete from audit.event" + last.where());

        assertThat(verify().broken()).isEqualTo(new Broken(EVENTS, last.partition(), 2, Difference.TAIL_MISSING));
        table.database().jdbc().sql("truncate audit.position").update();
        assertThat(verify().verified()).as("of a view that is rebuilt, what it has not read yet").isTrue();
    }

    @Test
    void findsThatAWholePartitionIsGone() {
        table.apply(table.records(Facts.order("A", 7, 7300, 5)));
        publish();

        table.tamper("delete from audit.event where partition = " + partition("A"));

        assertThat(verify().broken()).isEqualTo(new Broken(EVENTS, partition("A"), 0, Difference.TAIL_MISSING));
    }

    private record Place(int partition, long offset) {
        String where() {
            return " where topic = '" + EVENTS + "' and partition = " + partition + " and record_offset = " + offset;
        }
    }

    /// One in the middle of a partition.
    private Place aRow() {
        return table.database().jdbc().sql("""
                select partition, record_offset from audit.event where type like '%%PaymentConfirmed%%'
                order by partition, record_offset offset 3 limit 1""".replace("%%", "%"))
                .query((row, _) -> new Place(row.getInt(1), row.getLong(2))).single();
    }

    private void publish() {
        heads = List.of(new AuditHeadPublished(LocalDate.of(2026, 11, 22), table.heads()));
    }

    private Progress verify() {
        return table.verify(heads);
    }

    private Progress verify(List<AuditHeadPublished> published) {
        return table.verify(published);
    }

    private static int partition(String tradeNumber) {
        return Math.floorMod(tradeNumber.hashCode(), 3);
    }
}
