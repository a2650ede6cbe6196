package dev.sluice.order;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The time from a payment to its credit, as a histogram of orders.
///
/// @param orders by class: 0 below the first of [#BOUNDS], and so on
public record CreditDelay(Map<Integer, Long> orders) {
    /// The ends of the classes; the last class has none.
    public static final List<Duration> BOUNDS = Stream.of(1, 2, 3, 5, 10, 20, 30, 60, 300, 1800).map(Duration::ofSeconds).toList();

    /// Within which time so large a part was credited: the end of the class that the order at this place is in. Empty without orders, and
    /// beyond the last bound.
    ///
    /// @param part above 0, at most 1
    public Optional<Duration> within(double part) {
        long all = orders.values().stream().mapToLong(Long::longValue).sum();
        long place = (long) Math.ceil(all * part);
        long passed = 0;
        for (Map.Entry<Integer, Long> each : new TreeMap<>(orders).entrySet()) {
            passed += each.getValue();
            if (all > 0 && passed >= place) {
                return each.getKey() < BOUNDS.size() ? Optional.of(BOUNDS.get(each.getKey())) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
