package dev.sluice.log.rebuild.schema;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.log.follow.View;
import dev.sluice.log.follow.ViewDatabase;

/// A schema of an app that can be rebuilt from the log.
///
/// @param name       the name by which operators ask for it
/// @param schema     its name in PostgreSQL
/// @param migrations where its migrations are on the class path
/// @param tables     what becomes of each of its tables
/// @param views      its views on a database, in the order in which they are rebuilt
/// @param completion statements that complete the shadow with what the log does not have; `live` and `shadow` stand for the schemas. They
///                   run after the rebuild, and again by the swap while the live tables are locked, so they change only what differs
public record RebuiltSchema(String name, String schema, String migrations, List<RebuiltTable> tables,
        Function<ViewDatabase, List<View>> views, List<String> completion) {
    private static final Set<String> OF_EVERY_SCHEMA = Set.of("position", "flyway_schema_history");

    public RebuiltSchema {
        tables = List.copyOf(tables);
        completion = List.copyOf(completion);
    }

    /// The schema that is built beside the live one.
    public String shadow() {
        return schema + "_shadow";
    }

    /// What is wrong with the list of tables: a table that was forgotten would be lost.
    ///
    /// @return an explanation for each table that is not named, and each that is named and does not exist
    public List<String> faults(JdbcClient jdbc) {
        Set<String> present = new TreeSet<>(jdbc.sql("""
                select table_name from information_schema.tables where table_schema = :schema and table_type = 'BASE TABLE'""")
                .param("schema", schema).query((row, _) -> row.getString(1)).list());
        present.removeAll(OF_EVERY_SCHEMA);
        Set<String> named = tables.stream().map(RebuiltTable::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> faults = new TreeSet<>();
        present.stream().filter(table -> !named.contains(table)).map(table -> "the table " + schema + "." + table
                + " is not named for the rebuild of " + name + ": is it derived from the log, kept, or left empty, and why?")
                .forEach(faults::add);
        named.stream().filter(table -> !present.contains(table))
                .map(table -> "the rebuild of " + name + " names the table " + schema + "." + table + ", which does not exist")
                .forEach(faults::add);
        return List.copyOf(faults);
    }

    @Override
    public String toString() {
        return "RebuiltSchema[" + name + "]";
    }
}
