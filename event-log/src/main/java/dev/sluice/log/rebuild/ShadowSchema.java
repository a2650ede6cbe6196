package dev.sluice.log.rebuild;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.log.rebuild.RebuildRefusedException.Code;
import dev.sluice.log.rebuild.schema.RebuildDatabase;
import dev.sluice.log.rebuild.schema.RebuiltSchema;
import dev.sluice.log.rebuild.schema.RebuiltTable;

/// The schema beside the live one, made by the same migrations.
final class ShadowSchema {
    private final RebuiltSchema schema;
    private final RebuildDatabase database;

    ShadowSchema(RebuiltSchema schema, RebuildDatabase database) {
        this.schema = schema;
        this.database = database;
    }

    /// @throws RebuildRefusedException when the live schema cannot be rebuilt
    void checkLive() {
        JdbcClient live = database.live();
        if (isMissing(schema.schema())) {
            throw new RebuildRefusedException(Code.NO_SUCH_SCHEMA, "the database has no schema " + schema.schema()
                    + ": start the app once, or name the right database");
        }
        List<String> faults = schema.faults(live);
        if (!faults.isEmpty()) {
            throw new RebuildRefusedException(Code.TABLES_NOT_NAMED, String.join("; ", faults));
        }
    }

    private boolean isMissing(String name) {
        return database.live().sql("select count(*) from pg_namespace where nspname = ?").param(name).query(Integer.class).single() == 0;
    }

    /// Makes it anew; one of an earlier rebuild is dropped.
    ///
    /// @throws RebuildRefusedException when its migrations are not those of the live schema
    void create() {
        drop();
        String owner = database.live().sql("select pg_get_userbyid(nspowner) from pg_namespace where nspname = ?").param(schema.schema())
                .query(String.class).single();
        database.asOperator().sql("create schema " + schema.shadow() + " authorization \"" + owner + "\"").update();
        Flyway.configure(schema.views().getClass().getClassLoader()).dataSource(database.shadow(schema)).locations(schema.migrations())
                .schemas(schema.shadow()).load().migrate();
        checkVersion();
        checkFunctions();
    }

    void drop() {
        database.asOperator().sql("drop schema if exists " + schema.shadow() + " cascade").update();
    }

    /// @throws RebuildRefusedException when it does not exist, or was made by other migrations
    void check() {
        if (isMissing(schema.shadow())) {
            throw new RebuildRefusedException(Code.NO_SHADOW, "there is no schema " + schema.shadow() + ": run the rebuild first");
        }
        checkVersion();
    }

    private void checkVersion() {
        List<String> live = migrations(schema.schema());
        List<String> own = migrations(schema.shadow());
        if (!live.equals(own)) {
            throw new RebuildRefusedException(Code.OTHER_VERSION,
                    "the live schema was made by the migrations " + live + ", this version has "
                            + own + ": use the version that runs");
        }
    }

    private List<String> migrations(String of) {
        return database.live().sql("select coalesce(version, description) || ':' || coalesce(checksum, 0) from " + of
                + ".flyway_schema_history where success and type <> 'SCHEMA' order by installed_rank").query((row, _) -> row.getString(1))
                .list();
    }

    /// What a function's body names, it looks for when it runs: in the live schema now, and in the shadow after the swap.
    private void checkFunctions() {
        List<String> naming = database.live().sql("""
                select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname = :shadow and regexp_replace(p.prosrc, '''[^'']*''', '', 'g') ~ ('\\m' || :schema || '\\s*\\.')""")
                .param("shadow", schema.shadow()).param("schema", schema.schema()).query((row, _) -> row.getString(1)).list();
        if (!naming.isEmpty()) {
            throw new RebuildRefusedException(Code.NAMED_IN_FUNCTION, "the functions " + naming + " name the schema " + schema.schema()
                    + " in their bodies, where a rename does not reach");
        }
        List<String> triggered = database.live().sql("""
                select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = :schema and not t.tgisinternal""").param("schema", schema.schema())
                .query((row, _) -> row.getString(1)).list();
        schema.tables().stream().filter(table -> table.origin() == RebuiltTable.Origin.KEPT && triggered.contains(table.name()))
                .findFirst().ifPresent(table -> {
                    throw new RebuildRefusedException(Code.NAMED_IN_FUNCTION, "the kept table " + table.name()
                            + " has a trigger, whose function would stay in the schema before");
                });
    }

    /// Gives the shadow the live tables that the log does not have, with their rows.
    void takeOver(JdbcClient jdbc) {
        schema.tables().stream().filter(table -> table.origin() == RebuiltTable.Origin.KEPT).map(RebuiltTable::name).forEach(table -> {
            jdbc.sql("drop table " + schema.shadow() + "." + table + " cascade").update();
            jdbc.sql("alter table " + schema.schema() + "." + table + " set schema " + schema.shadow()).update();
        });
    }

    /// Copies all live rows of the log's tables, and where the live views stand, in one snapshot.
    void copyLive() {
        String tables = schema.tables().stream().filter(table -> table.origin() == RebuiltTable.Origin.DERIVED)
                .map(RebuiltTable::name).collect(Collectors.joining(","));
        database.asOperator().sql("begin isolation level repeatable read; " + copies(tables + ",position") + "commit").update();
    }

    private String copies(String tables) {
        return List.of(tables.split(",", -1)).stream().filter(table -> !table.isEmpty())
                .map(table -> copy(table, database.live())).collect(Collectors.joining());
    }

    /// A statement that copies the rows of a live table.
    private String copy(String table, JdbcClient jdbc) {
        String columns = String.join(", ", jdbc.sql("""
                select quote_ident(column_name) from information_schema.columns where table_schema = :schema and table_name = :table
                and is_generated = 'NEVER' order by ordinal_position""").param("schema", schema.schema()).param("table", table)
                .query((row, _) -> row.getString(1)).list());
        return "insert into %1$s.%3$s (%4$s) select %4$s from %2$s.%3$s; ".formatted(schema.shadow(), schema.schema(), table, columns);
    }

    /// The rows of each derived table, of the shadow.
    Map<String, Long> rows() {
        return schema.tables().stream().filter(table -> table.origin() == RebuiltTable.Origin.DERIVED).map(RebuiltTable::name)
                .collect(Collectors.toMap(table -> table, table -> database.live()
                        .sql("select count(*) from " + schema.shadow() + "." + table).query(Long.class).single()));
    }
}
