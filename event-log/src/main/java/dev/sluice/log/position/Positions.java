package dev.sluice.log.position;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The positions of one view: how much of each partition its rows hold.
public final class Positions {
    private final JdbcClient jdbc;
    private final String view;
    private final String begin;
    private final String find;
    private final String move;
    private final String moveToEnd;
    private final String halt;
    private final String release;

    /// What the database has about a partition.
    ///
    /// @param next         the offset that is read next
    /// @param logEnd       where the log ended when it was found to be cut before the position, or null
    /// @param setAsideUpTo the last offset up to which an operator has refused records set aside, or null
    public record Position(long next, @Nullable Long logEnd, @Nullable Long setAsideUpTo) {
        public static final Position NONE = new Position(0, null, null);

        /// Whether the view holds records that the log lost, and no operator has decided what to do.
        public boolean isAheadOfLog() {
            return logEnd != null && next > logEnd;
        }
    }

    /// @param schema the PostgreSQL schema that has the table `position`
    public Positions(JdbcClient jdbc, String view, String schema) {
        this.jdbc = jdbc;
        this.view = view;
        if (!schema.matches("[a-z_]+")) {
            throw new IllegalArgumentException("not the name of a schema: " + schema);
        }
        begin = """
                insert into %s.position (view, topic, partition, next_offset)
                select :view, topic, partition, 0 from unnest(:topics::text[], :partitions::integer[]) as p (topic, partition)
                order by topic, partition on conflict do nothing""".formatted(schema);
        find = """
                select p.topic, p.partition, p.next_offset, p.log_end, p.set_aside_up_to from %s.position p
                where p.view = :view and (p.topic, p.partition) in (select * from unnest(:topics::text[], :partitions::integer[]))
                order by p.topic, p.partition""".formatted(schema);
        move = """
                insert into %s.position as p (view, topic, partition, next_offset)
                select :view, topic, partition, next_offset
                from unnest(:topics::text[], :partitions::integer[], :offsets::bigint[]) as n (topic, partition, next_offset)
                order by topic, partition
                on conflict (view, topic, partition) do update set next_offset = greatest(p.next_offset, excluded.next_offset)"""
                .formatted(schema);
        moveToEnd = """
                update %s.position as p set next_offset = n.next_offset, log_end = null, set_aside_up_to = null
                from unnest(:topics::text[], :partitions::integer[], :offsets::bigint[]) as n (topic, partition, next_offset)
                where p.view = :view and p.topic = n.topic and p.partition = n.partition""".formatted(schema);
        halt = """
                update %s.position as p set log_end = n.log_end
                from unnest(:topics::text[], :partitions::integer[], :offsets::bigint[]) as n (topic, partition, log_end)
                where p.view = :view and p.topic = n.topic and p.partition = n.partition and p.next_offset > n.log_end
                    and p.log_end is null""".formatted(schema);
        release = """
                update %s.position p set log_end = null, set_aside_up_to = null
                where p.view = :view and (p.topic, p.partition) in (select * from unnest(:topics::text[], :partitions::integer[]))
                    and p.next_offset <= p.log_end""".formatted(schema);
    }

    /// Gives partitions that have no position their first, zero, so that there is a row to lock.
    public void begin(Collection<TopicPartition> partitions) {
        statement(begin, List.copyOf(partitions)).update();
    }

    /// The positions, zero where a partition has none.
    public Map<TopicPartition, Position> find(Collection<TopicPartition> partitions) {
        return query(find, partitions);
    }

    /// The same, and keeps others from moving them until the transaction ends.
    public Map<TopicPartition, Position> lock(Collection<TopicPartition> partitions) {
        return query(find + " for update", partitions);
    }

    private Map<TopicPartition, Position> query(String sql, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Position> found = new HashMap<>();
        partitions.forEach(partition -> found.put(partition, Position.NONE));
        statement(sql, List.copyOf(partitions)).query(row -> {
            found.put(new TopicPartition(row.getString("topic"), row.getInt("partition")), new Position(row.getLong("next_offset"),
                    row.getObject("log_end", Long.class), row.getObject("set_aside_up_to", Long.class)));
        });
        return found;
    }

    /// Moves positions forward. One that is further stays.
    public void move(Map<TopicPartition, Long> ends) {
        update(move, ends);
    }

    /// Moves positions back to where the log ends, and forgets what was decided about the log that it replaced.
    public void moveToEnd(Map<TopicPartition, Long> ends) {
        update(moveToEnd, ends);
    }

    /// Writes down that the log ends before the positions: only an operator lets the view go on.
    public void halt(Map<TopicPartition, Long> ends) {
        update(halt, ends);
    }

    /// Forgets where the log ended, of positions that an operator has moved back, and what was decided about the records it lost.
    public void release(Collection<TopicPartition> partitions) {
        statement(release, List.copyOf(partitions)).update();
    }

    private void update(String sql, Map<TopicPartition, Long> offsets) {
        List<TopicPartition> partitions = List.copyOf(offsets.keySet());
        statement(sql, partitions).param("offsets", partitions.stream().map(offsets::get).toArray(Long[]::new)).update();
    }

    private JdbcClient.StatementSpec statement(String sql, List<TopicPartition> partitions) {
        return jdbc.sql(sql)
                .param("view", view)
                .param("topics", all(partitions, TopicPartition::topic).toArray(String[]::new))
                .param("partitions", all(partitions, TopicPartition::partition).toArray(Integer[]::new));
    }

    private static <T> List<T> all(List<TopicPartition> partitions, Function<TopicPartition, T> part) {
        return partitions.stream().map(part).toList();
    }
}
