package dev.sluice.log.letter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.sluice.log.DeadLetter;

/// Dead letters, newest first.
///
/// @param next where the page after this one begins; empty after the oldest
public record LetterPage(List<DeadLetter> letters, Optional<Cursor> next) {
    /// The most letters of one page.
    public static final int LETTERS = Limits.DEAD_LETTERS_SHOWN;

    /// For each partition, the offset that the page ends before. A partition that it does not name is read from its end.
    public record Cursor(Map<Integer, Long> ends) {
        public static final Cursor NEWEST = new Cursor(Map.of());
        private static final Pattern FORM = Pattern.compile("\\d{1,6}:\\d{1,18}(,\\d{1,6}:\\d{1,18}){0,999}");

        /// Reads what [#toString] has written.
        public static Optional<Cursor> of(String text) {
            if (!FORM.matcher(text).matches()) {
                return Optional.empty();
            }
            Map<Integer, Long> ends = new TreeMap<>();
            for (String part : text.split(",", -1)) {
                String[] both = part.split(":", -1);
                ends.put(Integer.valueOf(both[0]), Long.valueOf(both[1]));
            }
            return Optional.of(new Cursor(ends));
        }

        long end(int partition, long end) {
            return Math.min(end, ends.getOrDefault(partition, end));
        }

        @Override
        public String toString() {
            return new TreeMap<>(ends).entrySet().stream().map(end -> end.getKey() + ":" + end.getValue()).collect(Collectors.joining(","));
        }
    }
}
