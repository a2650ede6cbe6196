package dev.sluice.testing;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/// The tables of a view at one moment, as a backup has them, or a standby that is a little behind.
public final class SchemaCopy {
    private final JdbcClient jdbc;
    private final String schema;
    private final List<String> tables;

    private SchemaCopy(JdbcClient jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
        tables = jdbc.sql("""
                select table_name from information_schema.tables
                where table_schema = ? and table_type = 'BASE TABLE' and table_name <> 'flyway_schema_history'
                order by table_name <> 'position', table_name""")
                .param(schema).query(String.class).list();
    }

    /// Copies positions and rows in one transaction. Views lock their position first, and so does this.
    public static SchemaCopy of(JdbcClient jdbc, String schema) {
        SchemaCopy copy = new SchemaCopy(jdbc, schema);
        jdbc.sql("drop schema if exists copied cascade; create schema copied; lock table %s.position in exclusive mode; %s"
                .formatted(schema, copy.each("create table copied.%2$s as table %1$s.%2$s; "))).update();
        return copy;
    }

    /// The database is back at that moment, under a running pipeline.
    public void restore() {
        jdbc.sql("truncate %s; %s".formatted(
                String.join(", ", tables.stream().map(table -> schema + "." + table).toList()),
                each("insert into %1$s.%2$s table copied.%2$s; "))).update();
    }

    private String each(String statement) {
        return String.join("", tables.stream().map(table -> statement.formatted(schema, table)).toList());
    }
}
