package dev.sluice.log.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.sluice.log.rebuild.schema.RebuildDatabase;
import dev.sluice.log.rebuild.schema.RebuiltSchema;
import dev.sluice.log.rebuild.schema.RebuiltTable;

/// Compares the derived tables of a schema with those of its shadow, up to the first difference.
///
/// @param otherLog whether the shadow was built from another log: then a record has another place in each
record SchemaComparison(RebuiltSchema schema, RebuildDatabase database, boolean otherLog) {
    /// Reads both sides, table by table.
    ///
    /// @param live a connection in a transaction whose snapshot has the positions of the shadow
    Comparison run(Connection live) throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        try (Connection shadow = database.shadow(schema).getConnection()) {
            shadow.setAutoCommit(false);
            try {
                for (RebuiltTable table : schema.tables()) {
                    TableComparison comparison = TableComparison.of(schema.schema(), table, otherLog, database.live());
                    if (table.origin() != RebuiltTable.Origin.DERIVED || (otherLog && comparison.isOfPlaces())) {
                        continue;
                    }
                    Optional<Difference> found = comparison.first(live, shadow);
                    rows.put(table.name(), comparison.rows());
                    if (found.isPresent()) {
                        return new Comparison(rows, found);
                    }
                }
                return new Comparison(rows, Optional.empty());
            } finally {
                shadow.rollback();
                shadow.setAutoCommit(true);
            }
        }
    }
}
