package dev.sluice.reconcile.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.reconcile.audit.AuditRow.Amounts;
import dev.sluice.reconcile.audit.AuditRow.Place;
import dev.sluice.reconcile.audit.AuditRow.Subject;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// The statements of the audit.
@Component
public class AuditRows {
    private static final String COLUMNS = """
            topic, partition, record_offset, place, event_id, type, at, repeated, trade_no, user_id, provider, refund_no, actor,
            money_in, money_out, currency, quota, debit_account, credit_account, value, hash""";
    private static final byte[] NOT_READ = {};

    private final JdbcClient jdbc;

    public AuditRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The last row of each of the partitions that have any.
    Map<TopicPartition, LastRow> heads(Collection<TopicPartition> partitions) {
        Map<TopicPartition, LastRow> heads = new HashMap<>();
        jdbc.sql("""
                select p.topic, p.partition, e.record_offset, e.place, e.hash
                from unnest(:topics::text[], :partitions::integer[]) as p (topic, partition),
                lateral (select record_offset, place, hash from audit.event where topic = p.topic and partition = p.partition
                         order by record_offset desc limit 1) e""")
                .param("topics", texts(partitions, TopicPartition::topic))
                .param("partitions", partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new))
                .query(row -> {
                    heads.put(new TopicPartition(row.getString("topic"), row.getInt("partition")),
                            new LastRow(row.getLong("record_offset"), row.getLong("place"), row.getBytes("hash")));
                });
        return heads;
    }

    /// The partitions that have rows.
    List<TopicPartition> partitions() {
        // A walk along the key: distinct would read all rows.
        return jdbc.sql("""
                with recursive walk as (
                    (select topic, partition from audit.event order by topic, partition limit 1)
                    union all
                    select next.topic, next.partition from walk, lateral (
                        select e.topic, e.partition from audit.event e where (e.topic, e.partition) > (walk.topic, walk.partition)
                        order by e.topic, e.partition limit 1) next)
                select topic, partition from walk""")
                .query((row, _) -> new TopicPartition(row.getString("topic"), row.getInt("partition"))).list();
    }

    /// What the audit has of these orders, and of these events about the books.
    Known known(List<String> eventIds, List<String> tradeNumbers) {
        Known known = new Known();
        jdbc.sql("""
                select distinct event_id, type, trade_no, user_id, provider, refund_no from audit.event where trade_no = any(:tradeNos)
                union all
                select event_id, type, trade_no, user_id, provider, refund_no from audit.event
                where topic = 'sluice.books' and event_id = any(:eventIds)""")
                .param("tradeNos", tradeNumbers.toArray(String[]::new))
                .param("eventIds", eventIds.toArray(String[]::new))
                .query(row -> {
                    known.add(row.getString("event_id"), row.getString("type"),
                            new Subject(row.getString("trade_no"), row.getString("user_id"),
                                    row.getString("provider"), row.getString("refund_no"), null));
                });
        return known;
    }

    /// Adds rows, each after the one before of its partition.
    void insert(List<ChainedRow> rows) {
        jdbc.sql("""
                insert into audit.event (%s)
                select * from unnest(:topics::text[], :partitions::integer[], :offsets::bigint[], :places::bigint[], :eventIds::text[],
                    :types::text[], :ats::timestamptz[], :repeateds::boolean[], :tradeNos::text[], :userIds::text[], :providers::text[],
                    :refundNos::text[], :actors::text[], :moneyIns::bigint[], :moneyOuts::bigint[], :currencies::text[], :quotas::bigint[],
                    :debits::text[], :credits::text[], :values::bytea[], :hashes::bytea[])""".formatted(COLUMNS))
                .param("topics", texts(rows, row -> row.row().place().topic()))
                .param("partitions", rows.stream().map(row -> row.row().place().partition()).toArray(Integer[]::new))
                .param("offsets", numbers(rows, row -> row.row().place().offset()))
                .param("places", numbers(rows, row -> row.row().place().number()))
                .param("eventIds", texts(rows, row -> row.row().eventId()))
                .param("types", texts(rows, row -> row.row().type()))
                .param("ats", texts(rows, row -> row.row().at().toString()))
                .param("repeateds", rows.stream().map(row -> row.row().repeated()).toArray(Boolean[]::new))
                .param("tradeNos", texts(rows, row -> row.row().subject().tradeNumber()))
                .param("userIds", texts(rows, row -> row.row().subject().user()))
                .param("providers", texts(rows, row -> row.row().subject().provider()))
                .param("refundNos", texts(rows, row -> row.row().subject().refundNumber()))
                .param("actors", texts(rows, row -> row.row().subject().actor()))
                .param("moneyIns", numbers(rows, row -> row.row().amounts().moneyIn()))
                .param("moneyOuts", numbers(rows, row -> row.row().amounts().moneyOut()))
                .param("currencies", texts(rows, row -> row.row().amounts().currency()))
                .param("quotas", numbers(rows, row -> row.row().amounts().quota()))
                .param("debits", texts(rows, row -> row.row().amounts().debit()))
                .param("credits", texts(rows, row -> row.row().amounts().credit()))
                .param("values", rows.stream().map(row -> row.row().value()).toArray(byte[][]::new))
                .param("hashes", rows.stream().map(ChainedRow::hash).toArray(byte[][]::new))
                .update();
    }

    /// The rows of a partition behind one, in their order, with their values.
    List<ChainedRow> chain(TopicPartition partition, long after, int most) {
        return jdbc.sql("""
                select %s from audit.event where topic = :topic and partition = :partition and record_offset > :after
                order by record_offset limit :most""".formatted(COLUMNS))
                .param("topic", partition.topic()).param("partition", partition.partition()).param("after", after).param("most", most)
                .query((row, _) -> row(row, true)).list();
    }

    /// The offset that the view reads next, of a partition that it has begun to read.
    long position(TopicPartition partition) {
        return jdbc.sql("select next_offset from audit.position where view = 'audit' and topic = :topic and partition = :partition")
                .param("topic", partition.topic()).param("partition", partition.partition()).query(Long.class).optional().orElse(0L);
    }

    /// When the event was appended first; empty when the audit does not have it.
    Optional<Instant> firstOfBooks(String eventId) {
        return jdbc.sql("select at from audit.event where topic = 'sluice.books' and event_id = :eventId order by record_offset limit 1")
                .param("eventId", eventId).query((row, _) -> row.getObject("at", OffsetDateTime.class).toInstant()).optional();
    }

    /// The rows of a search behind one, in the order of time; without their values unless these are asked for.
    public List<ChainedRow> search(Search search, int most) {
        JdbcClient.StatementSpec statement = jdbc
                .sql("select %s from audit.event where %s order by at, topic, partition, record_offset limit :most"
                        .formatted(search.withValues() ? COLUMNS : COLUMNS.replace("value, hash", "hash"), search.condition()));
        for (Map.Entry<String, Object> parameter : search.parameters().entrySet()) {
            statement = statement.param(parameter.getKey(), parameter.getValue());
        }
        return statement.param("most", most).query((row, _) -> row(row, search.withValues())).list();
    }

    private static ChainedRow row(ResultSet row, boolean withValue) throws SQLException {
        return new ChainedRow(new AuditRow(
                new Place(row.getString("topic"), row.getInt("partition"), row.getLong("record_offset"), row.getLong("place")),
                row.getString("event_id"), row.getString("type"), row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getBoolean("repeated"),
                new Subject(row.getString("trade_no"), row.getString("user_id"), row.getString("provider"), row.getString("refund_no"),
                        row.getString("actor")),
                new Amounts(row.getObject("money_in", Long.class), row.getObject("money_out", Long.class), row.getString("currency"),
                        row.getObject("quota", Long.class), row.getString("debit_account"), row.getString("credit_account")),
                withValue ? row.getBytes("value") : NOT_READ), row.getBytes("hash"));
    }
}
