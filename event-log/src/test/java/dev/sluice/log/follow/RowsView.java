package dev.sluice.log.follow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.log.Topic;

/// A view with one row for each record: its key, and what it is.
final class RowsView implements View {
    static final String TABLES = """
            create schema rows;
            create table rows.position (view text not null, topic text not null, partition integer not null,
                next_offset bigint not null check (next_offset >= 0), log_end bigint, set_aside_up_to bigint, primary key (view, topic, partition));
            create table rows.record (topic text, partition integer, place bigint, key text check (key not like '%poison%'), kind text,
                primary key (topic, partition, place));""";

    final Set<TopicPartition> caughtUp = ConcurrentHashMap.newKeySet();
    final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger assigned = new AtomicInteger();
    volatile boolean setsAsideUnreadable = true;
    volatile Consumer<List<LogRecord>> afterwards = _ -> {};
    private final JdbcClient jdbc;
    private final Topic topic;

    RowsView(JdbcClient jdbc, Topic topic) {
        this.jdbc = jdbc;
        this.topic = topic;
    }

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(topic);
    }

    @Override
    public String schema() {
        return "rows";
    }

    @Override
    public boolean setsAsideUnreadable() {
        return setsAsideUnreadable;
    }

    @Override
    public void apply(List<LogRecord> records) {
        List<LogRecord> contradictions = records.stream().filter(record -> record.key().startsWith("contradiction")).toList();
        if (!contradictions.isEmpty()) {
            throw new Contradiction(contradictions);
        }
        jdbc.sql("""
                insert into rows.record (topic, partition, place, key, kind)
                select * from unnest(:topics::text[], :partitions::integer[], :offsets::bigint[], :keys::text[], :kinds::text[])
                on conflict (topic, partition, place) do nothing""")
                .param("topics", records.stream().map(record -> record.raw().topic()).toArray(String[]::new))
                .param("partitions", records.stream().map(LogRecord::partition).toArray(Integer[]::new))
                .param("offsets", records.stream().map(LogRecord::offset).toArray(Long[]::new))
                .param("keys", records.stream().map(LogRecord::key).toArray(String[]::new))
                .param("kinds", records.stream().map(record -> Refusals.kind(record).toString())
                        .toArray(String[]::new))
                .update();
    }

    @Override
    public void applied(List<LogRecord> records) {
        sizes.add(records.size());
        afterwards.accept(records);
    }

    @Override
    public void assigned(Set<TopicPartition> partitions) {
        assigned.incrementAndGet();
        caughtUp.removeAll(partitions);
    }

    @Override
    public void caughtUp(Set<TopicPartition> partitions) {
        caughtUp.addAll(partitions);
    }
}
