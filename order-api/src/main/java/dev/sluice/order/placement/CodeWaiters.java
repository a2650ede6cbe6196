package dev.sluice.order.placement;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.sluice.event.value.TradeNumber;

/// The requests that wait until another one has the code of their order. Each reads the row repeatedly, so only a few may.
final class CodeWaiters {
    private final ConcurrentMap<TradeNumber, Integer> waiting = new ConcurrentHashMap<>();

    /// Whether one more may wait for the order's code; it has to [#leave] then.
    boolean enter(TradeNumber order) {
        var entered = new boolean[1];
        waiting.compute(order, (_, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < Limits.WAITERS_PER_ORDER;
            return entered[0] ? Integer.valueOf(before + 1) : count;
        });
        return entered[0];
    }

    void leave(TradeNumber order) {
        waiting.computeIfPresent(order, (_, count) -> count == 1 ? null : count - 1);
    }
}
