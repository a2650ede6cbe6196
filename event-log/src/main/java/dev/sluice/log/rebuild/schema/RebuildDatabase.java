package dev.sluice.log.rebuild.schema;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

import dev.sluice.log.follow.ViewDatabase;

/// The PostgreSQL of a schema, as a rebuild uses it.
///
/// @param owner    connections of the role that owns the schema's tables
/// @param operator connections of a role that may create and rename the schema; the same where the owner may
public record RebuildDatabase(DataSource owner, DataSource operator) {
    /// With one role for both.
    public static RebuildDatabase of(DataSource one) {
        return new RebuildDatabase(one, one);
    }

    public JdbcClient live() {
        return JdbcClient.create(owner);
    }

    public JdbcClient asOperator() {
        return JdbcClient.create(operator);
    }

    /// The owner's connections, on which the schema has another name.
    public MappedDataSource shadow(RebuiltSchema schema) {
        return new MappedDataSource(owner, new SchemaMapping(schema.schema(), schema.shadow()));
    }

    public ViewDatabase views(RebuiltSchema schema) {
        DataSource mapped = shadow(schema);
        return new ViewDatabase(JdbcClient.create(mapped), new JdbcTransactionManager(mapped));
    }
}
