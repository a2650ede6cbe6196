package dev.sluice.event;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The names of the event types on the wire, as CloudEvents' `type`: `dev.sluice.OrderCreated.v1`.
final class EventTypes {
    /// The version stands in the name: a change that old readers would misread gets a new type beside the old one.
    private static final String FORMAT = "dev.sluice.%s.v1";

    private static final Map<String, Class<? extends TopUpEvent>> BY_NAME = List
            .of(OrderCreated.class, PaymentConfirmed.class, QuotaCredited.class, PaymentHeld.class, OrderClosed.class).stream()
            .collect(Collectors.toUnmodifiableMap(EventTypes::name, Function.identity()));

    private EventTypes() {}

    static String name(Class<?> type) {
        return FORMAT.formatted(type.getSimpleName());
    }

    static Map<String, Class<? extends TopUpEvent>> byName() {
        return BY_NAME;
    }
}
