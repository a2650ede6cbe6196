package dev.sluice.log.rebuild;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.log.rebuild.schema.RebuiltSchema;
import dev.sluice.log.rebuild.schema.SchemaMapping;

/// Completes a shadow with what the log does not have.
///
/// @param schema the schema
record Completion(RebuiltSchema schema) {
    /// Changes only rows that are not complete yet.
    void complete(JdbcClient jdbc) {
        SchemaMapping live = new SchemaMapping("live", schema.schema());
        SchemaMapping shadow = new SchemaMapping("shadow", schema.shadow());
        schema.completion().forEach(statement -> jdbc.sql(shadow.apply(live.apply(statement))).update());
    }
}
