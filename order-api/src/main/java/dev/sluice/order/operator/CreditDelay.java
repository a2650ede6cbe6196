package dev.sluice.order.operator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.sluice.order.OrderRows;

/// The time from a payment to its credit, as a histogram of orders.
///
/// @param orders by class: 0 below the first of [OrderRows#DELAYS], and so on
record CreditDelay(Map<Integer, Long> orders) {
    /// Within which time so large a part was credited: the end of the class that the order at this place is in. Empty without orders, and
    /// beyond the last bound.
    ///
    /// @param percent 1 to 100
    Optional<Duration> within(int percent) {
        long all = orders.values().stream().mapToLong(Long::longValue).sum();
        long place = Math.ceilDiv(all * percent, 100);
        long passed = 0;
        for (Map.Entry<Integer, Long> each : new TreeMap<>(orders).entrySet()) {
            passed += each.getValue();
            if (all > 0 && passed >= place) {
                return each.getKey() < OrderRows.DELAYS.size() ? Optional.of(OrderRows.DELAYS.get(each.getKey())) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
