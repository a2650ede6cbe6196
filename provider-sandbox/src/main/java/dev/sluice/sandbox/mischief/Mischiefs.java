package dev.sluice.sandbox.mischief;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.InvalidSettingException;
import dev.sluice.sandbox.SandboxProperties;

/// Who has to suffer what. After a restart it is again what `sandbox.mischief` says.
@Component
public final class Mischiefs {
    /// Orders with a set of their own.
    static final int MAX_ORDERS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Mischiefs.class);

    private final SortedMap<String, Set<Mischief>> orders = new TreeMap<>();
    private Set<Mischief> all;

    Mischiefs(SandboxProperties properties) {
        all = set(properties.mischief().stream().map(Mischiefs::setting).toList());
        if (!all.isEmpty()) {
            LOG.warn("mischief for all orders: {}", all);
        }
    }

    /// What is on for an order: its own set if it has one, even an empty one, otherwise the set for all.
    ///
    /// @param number the merchant's number; one that no order has, or an empty one, has the set for all
    public synchronized Set<Mischief> of(String number) {
        return orders.getOrDefault(number, all);
    }

    synchronized void forAll(Collection<Mischief> mischief) {
        all = set(mischief);
    }

    /// Says false, and does nothing, if too many orders have sets of their own.
    synchronized boolean forOrder(String number, Collection<Mischief> mischief) {
        if (orders.size() >= MAX_ORDERS && !orders.containsKey(number)) {
            return false;
        }
        orders.put(number, set(mischief));
        return true;
    }

    /// From now on the order has the set for all.
    synchronized void forgetOrder(String number) {
        orders.remove(number);
    }

    /// From now on nobody has to suffer anything.
    synchronized void forgetAll() {
        all = Set.of();
        orders.clear();
    }

    synchronized Overview overview() {
        return new Overview(all, new TreeMap<>(orders));
    }

    private static Set<Mischief> set(Collection<Mischief> mischief) {
        Set<Mischief> set = EnumSet.noneOf(Mischief.class);
        set.addAll(mischief);
        return Collections.unmodifiableSet(set);
    }

    private static Mischief setting(String name) {
        return Mischief.named(name.strip())
                .orElseThrow(() -> new InvalidSettingException(
                        "sandbox.mischief can only name these, with commas between: " + Arrays.toString(Mischief.values())));
    }

    /// Everything that is on.
    record Overview(Set<Mischief> all, Map<String, Set<Mischief>> orders) {}
}
