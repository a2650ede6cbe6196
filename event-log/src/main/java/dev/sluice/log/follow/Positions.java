package dev.sluice.log.follow;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The positions of one view: how much of each partition its rows hold.
final class Positions {
    private final JdbcClient jdbc;
    private final String view;
    private final String begin;
    private final String find;
    private final String move;

    Positions(JdbcClient jdbc, View view) {
        this.jdbc = jdbc;
        this.view = view.name();
        if (!view.schema().matches("[a-z_]+")) {
            throw new IllegalArgumentException("not the name of a schema: " + view.schema());
        }
        begin = """
                insert into %s.position (view, topic, partition, next_offset)
                select :view, topic, partition, 0 from unnest(:topics::text[], :partitions::integer[]) as p (topic, partition)
                order by topic, partition on conflict do nothing""".formatted(view.schema());
        find = """
                select p.topic, p.partition, p.next_offset from %s.position p
                where p.view = :view and (p.topic, p.partition) in (select * from unnest(:topics::text[], :partitions::integer[]))
                order by p.topic, p.partition""".formatted(view.schema());
        move = """
                insert into %s.position as p (view, topic, partition, next_offset)
                select :view, topic, partition, next_offset
                from unnest(:topics::text[], :partitions::integer[], :offsets::bigint[]) as n (topic, partition, next_offset)
                order by topic, partition
                on conflict (view, topic, partition) do update set next_offset = greatest(p.next_offset, excluded.next_offset)"""
                .formatted(view.schema());
    }

    /// Gives partitions that have no position their first, zero, so that there is a row to lock.
    void begin(Collection<TopicPartition> partitions) {
        statement(begin, List.copyOf(partitions)).update();
    }

    /// The positions, zero where a partition has none.
    Map<TopicPartition, Long> find(Collection<TopicPartition> partitions) {
        return query(find, partitions);
    }

    /// The same, and keeps others from moving them until the transaction ends.
    Map<TopicPartition, Long> lock(Collection<TopicPartition> partitions) {
        return query(find + " for update", partitions);
    }

    private Map<TopicPartition, Long> query(String sql, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> found = new HashMap<>();
        partitions.forEach(partition -> found.put(partition, 0L));
        statement(sql, List.copyOf(partitions)).query(row -> {
            found.put(new TopicPartition(row.getString("topic"), row.getInt("partition")), row.getLong("next_offset"));
        });
        return found;
    }

    /// Moves positions forward. One that is further stays.
    void move(Map<TopicPartition, Long> ends) {
        List<TopicPartition> partitions = List.copyOf(ends.keySet());
        statement(move, partitions).param("offsets", partitions.stream().map(ends::get).toArray(Long[]::new)).update();
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
