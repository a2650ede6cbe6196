package dev.sluice.log.rebuild.schema;

import java.util.LinkedHashMap;
import java.util.Map;

/// What becomes of a table in a rebuild of its schema.
///
/// @param name       without the schema
/// @param origin     where its rows come from
/// @param compared   the rows that are compared, as a condition about `t`; all of them when it is blank
/// @param comparedAs columns that are compared as an expression about `t`; of one that is not compared it is `null`
/// @param reasons    why, for operators: of the table under its name, else of a column
public record RebuiltTable(String name, Origin origin, String compared, Map<String, String> comparedAs, Map<String, String> reasons) {
    private static final String NOT_COMPARED = "null";

    /// Where the rows of a rebuilt table come from.
    public enum Origin {
        /// From the log. They are compared with the live ones.
        DERIVED,
        /// The log does not have them: the swap takes the live table over as it is.
        KEPT,
        /// It begins empty.
        EMPTY
    }

    public RebuiltTable {
        comparedAs = Map.copyOf(comparedAs);
        reasons = Map.copyOf(reasons);
    }

    /// One that the log decides.
    public static RebuiltTable derived(String name) {
        return new RebuiltTable(name, Origin.DERIVED, "", Map.of(), Map.of());
    }

    /// One that the log does not have.
    public static RebuiltTable kept(String name, String why) {
        return new RebuiltTable(name, Origin.KEPT, "", Map.of(), Map.of(name, why));
    }

    /// One whose rows are of no use after a rebuild.
    public static RebuiltTable leftEmpty(String name, String why) {
        return new RebuiltTable(name, Origin.EMPTY, "", Map.of(), Map.of(name, why));
    }

    /// The same, compared only in some rows.
    ///
    /// @param condition in SQL about `t`, with the live schema's name before each table
    public RebuiltTable comparedWhere(String condition, String why) {
        return new RebuiltTable(name, origin, condition, comparedAs, with(reasons, name, why));
    }

    /// The same, with a column that the log does not decide as it is.
    ///
    /// @param expression what the log decides of it, in SQL about `t`
    public RebuiltTable comparedAs(String column, String expression, String why) {
        return new RebuiltTable(name, origin, compared, with(comparedAs, column, expression), with(reasons, column, why));
    }

    /// The same, with columns that the log does not decide.
    public RebuiltTable differingIn(String why, String... columns) {
        RebuiltTable table = this;
        for (String column : columns) {
            table = table.comparedAs(column, NOT_COMPARED, why);
        }
        return table;
    }

    public boolean compares(String column) {
        return !NOT_COMPARED.equals(comparedAs.get(column));
    }

    public String expression(String column) {
        return comparedAs.getOrDefault(column, "t." + column);
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }
}
