package dev.sluice.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How long the answers to one filter took.
///
/// @param rows the rows of all answers together
record Figures(String name, List<Duration> sorted, long rows) {
    static Figures of(String name, List<Duration> took, long rows) {
        return new Figures(name, took.stream().sorted().toList(), rows);
    }

    /// The duration that so many per cent of the answers did not exceed.
    Duration percentile(int percent) {
        return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }

    String line(Figures firstPage) {
        return String.format(Locale.ROOT, "%-26s %8.1f %8.1f %8.1f %8.1f %8.2f", name, millis(percentile(50)), millis(percentile(99)),
                millis(sorted.getLast()), (double) rows / sorted.size(), millis(percentile(50)) / millis(firstPage.percentile(50)));
    }

    static String header() {
        return String.format(Locale.ROOT, "%-26s %8s %8s %8s %8s %8s", "filter", "p50 ms", "p99 ms", "max ms", "rows", "ratio");
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
