package dev.sluice.log.rebuild;

import java.util.LinkedHashMap;
import java.util.Map;

/// What becomes of a table in a rebuild of its schema.
///
/// @param name       without the schema
/// @param origin     where its rows come from
/// @param reason     why, of one that is not derived as a whole
/// @param compared   the rows that are compared, as a condition in SQL; all of them when it is blank
/// @param mayDiffer  columns that the log does not decide, each with the reason
public record RebuiltTable(String name, Origin origin, String reason, String compared, Map<String, String> mayDiffer) {
    /// Where the rows of a rebuilt table come from.
    public enum Origin {
        /// From the log. They are compared with the live ones.
        DERIVED,
        /// From the live table, at the swap: the log does not have them.
        COPIED,
        /// It begins empty.
        EMPTY
    }

    public RebuiltTable {
        mayDiffer = Map.copyOf(mayDiffer);
    }

    /// One that the log decides.
    public static RebuiltTable derived(String name) {
        return new RebuiltTable(name, Origin.DERIVED, "", "", Map.of());
    }

    /// One that the log does not have.
    public static RebuiltTable copied(String name, String reason) {
        return new RebuiltTable(name, Origin.COPIED, reason, "", Map.of());
    }

    /// One whose rows are of no use after a rebuild.
    public static RebuiltTable leftEmpty(String name, String reason) {
        return new RebuiltTable(name, Origin.EMPTY, reason, "", Map.of());
    }

    /// The same, compared only in some rows.
    ///
    /// @param condition in SQL, with the live schema's name before each table
    public RebuiltTable comparedWhere(String condition, String why) {
        return new RebuiltTable(name, origin, why, condition, mayDiffer);
    }

    /// The same, with a column that the log does not decide.
    public RebuiltTable differingIn(String column, String why) {
        Map<String, String> more = new LinkedHashMap<>(mayDiffer);
        more.put(column, why);
        return new RebuiltTable(name, origin, reason, compared, more);
    }
}
