package dev.sluice.order;

import java.util.Collection;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/// Rows as the arrays that `unnest` takes.
final class Columns {
    private Columns() {}

    static <T> @Nullable String[] texts(Collection<T> rows, Function<T, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    static <T> Long[] numbers(Collection<T> rows, Function<T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }
}
