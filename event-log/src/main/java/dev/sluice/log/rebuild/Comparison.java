package dev.sluice.log.rebuild;

import java.util.Map;
import java.util.Optional;

/// What a comparison of a schema with its shadow found.
///
/// @param rows  how many rows of each table were compared
/// @param first the first difference
public record Comparison(Map<String, Long> rows, Optional<Difference> first) {
    public boolean isEqual() {
        return first.isEmpty();
    }
}
