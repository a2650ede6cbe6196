package dev.sluice.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The names of the types on the wire, as CloudEvents' `type`: `dev.sluice.OrderCreated.v1`.
final class EventTypes {
    /// The version stands in the name: a change that old readers would misread gets a new type beside the old one.
    private static final String FORMAT = "dev.sluice.%s.v%d";

    private static final Map<Class<?>, Integer> VERSIONS = Map.of(OrderClosed.class, 2, QuotaCredited.class, 2);

    private static final Map<Class<?>, String> OLD = Map.of(OrderClosedV1.class, "dev.sluice.OrderClosed.v1", QuotaCreditedV1.class,
            "dev.sluice.QuotaCredited.v1");

    private static final Map<String, Class<?>> EVENTS = collected();

    private EventTypes() {}

    private static Map<String, Class<?>> collected() {
        Map<String, Class<?>> byName = new HashMap<>();
        List
                .of(OrderCreated.class, PaymentConfirmed.class, QuotaCredited.class, PaymentHeld.class, OrderClosed.class,
                        CheckRequested.class, HoldResolved.class, CancelRequested.class)
                .forEach(type -> byName.put(name(type), type));
        OLD.forEach((type, name) -> byName.put(name, type));
        return Map.copyOf(byName);
    }

    /// What is written of a fact. A credit like any other is written as ever: readers that are older go on, and a fact that was told before
    /// keeps its id.
    static Object written(TopUpEvent event) {
        return event instanceof QuotaCredited credited && !credited.released() ? QuotaCreditedV1.of(credited) : event;
    }

    /// What it is called on the wire.
    static String name(Class<?> type) {
        String old = OLD.get(type);
        return old != null ? old : FORMAT.formatted(type.getSimpleName(), VERSIONS.getOrDefault(type, 1));
    }

    /// What may stand in `sluice.events`, by name: kinds of [TopUpEvent], and of [OldEvent].
    static Map<String, Class<?>> events() {
        return EVENTS;
    }
}
