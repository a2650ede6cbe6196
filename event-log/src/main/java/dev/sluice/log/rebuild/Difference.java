package dev.sluice.log.rebuild;

import org.jspecify.annotations.Nullable;

/// The first difference between a live table and its shadow.
///
/// @param table  with the live schema
/// @param key    of the row, as PostgreSQL shows its primary key
/// @param column that differs; empty when only one side has the row
/// @param live   its value in the live table, or null; of a missing row, whether the live table has it
/// @param shadow its value in the shadow, or null; of a missing row, whether the shadow has it
public record Difference(String table, String key, String column, @Nullable String live, @Nullable String shadow) {
    static Difference missing(String table, String key, boolean inLive) {
        return new Difference(table, key, "", inLive ? "present" : "missing", inLive ? "missing" : "present");
    }

    @Override
    public String toString() {
        return table + ", row " + key + (column.isEmpty() ? "" : ", column " + column) + ": live " + live + ", shadow " + shadow;
    }
}
