package dev.sluice.log.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.log.rebuild.schema.RebuiltTable;

/// Compares a table with its shadow, row by row in the order of the primary key, as text. Both sides are streamed.
final class TableComparison {
    /// Columns about where a record stands.
    private static final Set<String> PLACES = Set.of("partition", "log_partition", "log_offset");

    private final String table;
    private final List<String> keys;
    private final List<String> columns;
    private final RebuiltTable rule;
    private long rows;

    private TableComparison(String table, List<String> keys, List<String> columns, RebuiltTable rule) {
        this.table = table;
        this.keys = keys;
        this.columns = columns;
        this.rule = rule;
    }

    /// @param otherLog whether the sides come from two logs: then a record has another place in each
    static TableComparison of(String schema, RebuiltTable table, boolean otherLog, JdbcClient live) {
        List<String> keys = live.sql("""
                select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
                where i.indrelid = (:table)::regclass and i.indisprimary order by array_position(i.indkey::smallint[], a.attnum)""")
                .param("table", schema + "." + table.name()).query((row, _) -> row.getString(1)).list();
        List<String> columns = live.sql("""
                select column_name from information_schema.columns where table_schema = :schema and table_name = :table
                order by ordinal_position""").param("schema", schema).param("table", table.name()).query((row, _) -> row.getString(1))
                .list().stream()
                .filter(column -> !keys.contains(column) && table.compares(column)
                        && !(otherLog && PLACES.contains(column)))
                .toList();
        return new TableComparison(schema + "." + table.name(), keys, columns, table);
    }

    private String query(boolean one) {
        String key = keys.stream().map(column -> "t." + column + "::text").collect(Collectors.joining(", ", "row(", ")::text"));
        return "select " + key
                + columns.stream().map(column -> ", (" + rule.expression(column) + ")::text").collect(Collectors.joining())
                + " from " + table + " t where " + (rule.compared().isEmpty() ? "true" : "(" + rule.compared() + ")")
                + (one
                        ? " and " + key + " = ?"
                        : " order by " + keys.stream().map(column -> "t." + column).collect(Collectors.joining(", ")));
    }

    /// The first difference.
    ///
    /// @param shadow a connection on which the schema has the shadow's name
    Optional<Difference> first(Connection live, Connection shadow) throws SQLException {
        try (PreparedStatement ofLive = live.prepareStatement(query(false));
                PreparedStatement ofShadow = shadow.prepareStatement(query(false))) {
            ofLive.setFetchSize(Limits.ROWS_FETCHED);
            ofShadow.setFetchSize(Limits.ROWS_FETCHED);
            try (ResultSet left = ofLive.executeQuery(); ResultSet right = ofShadow.executeQuery()) {
                while (true) {
                    boolean inLive = left.next();
                    boolean inShadow = right.next();
                    if (!inLive && !inShadow) {
                        return Optional.empty();
                    }
                    if (!inLive || !inShadow) {
                        return Optional.of(Difference.missing(table, (inLive ? left : right).getString(1), inLive));
                    }
                    if (!left.getString(1).equals(right.getString(1))) {
                        return Optional.of(oneSided(left.getString(1), right.getString(1), shadow));
                    }
                    Optional<Difference> found = differing(left, right);
                    if (found.isPresent()) {
                        return found;
                    }
                    rows++;
                }
            }
        }
    }

    /// Both sides are in one order, so the row of one of them is missing on the other.
    private Difference oneSided(String inLive, String inShadow, Connection shadow) throws SQLException {
        try (PreparedStatement one = shadow.prepareStatement(query(true))) {
            one.setString(1, inLive);
            try (ResultSet found = one.executeQuery()) {
                return found.next() ? Difference.missing(table, inShadow, false) : Difference.missing(table, inLive, true);
            }
        }
    }

    private Optional<Difference> differing(ResultSet live, ResultSet shadow) throws SQLException {
        for (int i : IntStream.range(0, columns.size()).toArray()) {
            String left = live.getString(i + 2);
            String right = shadow.getString(i + 2);
            if (!Objects.equals(left, right)) {
                return Optional.of(new Difference(table, live.getString(1), columns.get(i), shown(left), shown(right)));
            }
        }
        return Optional.empty();
    }

    private static @Nullable String shown(@Nullable String value) {
        return value == null || value.length() <= Limits.SHOWN_OF_A_VALUE ? value : value.substring(0, Limits.SHOWN_OF_A_VALUE) + "...";
    }

    /// Whether the rows of two logs differ only by the places of their records.
    boolean isOfPlaces() {
        return keys.stream().anyMatch(PLACES::contains);
    }

    long rows() {
        return rows;
    }
}
