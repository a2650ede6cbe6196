package dev.sluice.sandbox.fault;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.InvalidSettingException;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.trade.Trade;

/// The faults that are on, per order or for all. A restart resets them to `sandbox.faults`.
@Component
public final class FaultInjection {
    /// Orders with a set of their own.
    static final int MAX_ORDERS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(FaultInjection.class);

    private final SortedMap<String, Set<Fault>> orders = new TreeMap<>();
    private Set<Fault> all;

    FaultInjection(SandboxProperties properties) {
        all = set(properties.faults().stream().map(FaultInjection::setting).toList());
        if (!all.isEmpty()) {
            LOG.warn("faults for all orders: {}", all);
        }
    }

    /// The faults of an order: its own set if it has one, even an empty one, otherwise the set for all.
    ///
    /// @param number the merchant's number; an unknown or empty one has the set for all
    public synchronized Set<Fault> of(String number) {
        return orders.getOrDefault(number, all);
    }

    /// Whether the fault is on for an order.
    public boolean has(String number, Fault fault) {
        return of(number).contains(fault);
    }

    /// The trade as the provider reports it, with one fen less where the amount is wrong.
    public Trade reported(Trade trade) {
        return has(trade.number(), Fault.WRONG_AMOUNT) ? trade.withFen(trade.terms().fen() - 1) : trade;
    }

    synchronized void setForAll(Collection<Fault> faults) {
        all = set(faults);
    }

    /// Returns false, and changes nothing, if too many orders have sets of their own.
    synchronized boolean setForOrder(String number, Collection<Fault> faults) {
        if (orders.size() >= MAX_ORDERS && !orders.containsKey(number)) {
            return false;
        }
        orders.put(number, set(faults));
        return true;
    }

    /// From now on the order has the set for all.
    synchronized void resetOrder(String number) {
        orders.remove(number);
    }

    /// From now on no order has a fault.
    synchronized void resetAll() {
        all = Set.of();
        orders.clear();
    }

    /// Everything that is on.
    public synchronized Overview overview() {
        return new Overview(all, new TreeMap<>(orders));
    }

    private static Set<Fault> set(Collection<Fault> faults) {
        return Collections.unmodifiableSet(new TreeSet<>(faults));
    }

    private static Fault setting(String name) {
        try {
            return Fault.valueOf(name.strip());
        } catch (IllegalArgumentException unknown) {
            throw new InvalidSettingException(
                    "sandbox.faults can only name these, with commas between: " + Arrays.toString(Fault.values()), unknown);
        }
    }

    /// Everything that is on.
    ///
    /// @param all for all orders without a set of their own
    /// @param orders the sets of single orders, by the merchant's number
    public record Overview(Set<Fault> all, Map<String, Set<Fault>> orders) {}
}
