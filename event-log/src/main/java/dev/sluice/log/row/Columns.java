package dev.sluice.log.row;

import java.util.Collection;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/// Rows as the arrays that `unnest` takes.
public final class Columns {
    private Columns() {}

    /// A column of texts.
    public static <T> @Nullable String[] texts(Collection<T> rows, Function<T, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    /// A column of numbers.
    public static <T> @Nullable Long[] numbers(Collection<T> rows, Function<T, @Nullable Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }
}
