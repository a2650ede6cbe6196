package dev.sluice.log.rebuild;

import java.sql.Connection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import dev.sluice.log.position.Positions;
import dev.sluice.log.rebuild.schema.RebuiltSchema;

/// Where the live views of a schema stand, as one transaction sees it.
final class LivePositions {
    private final JdbcClient jdbc;
    private final String schema;
    private final Set<String> views;

    private LivePositions(JdbcClient jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
        views = new HashSet<>(jdbc.sql("select distinct view from " + schema + ".position").query((row, _) -> row.getString(1)).list());
    }

    static LivePositions of(Connection transaction, RebuiltSchema schema) {
        return new LivePositions(JdbcClient.create(new SingleConnectionDataSource(transaction, true)), schema.schema());
    }

    Set<String> views() {
        return views;
    }

    Map<TopicPartition, Long> of(String view, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> next = new HashMap<>();
        new Positions(jdbc, view, schema).find(partitions).forEach((id, position) -> next.put(id, position.next()));
        return next;
    }
}
