package dev.sluice.log;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.sluice.event.TopUpEvent;

/// The names of the types on the wire, as CloudEvents' `type`: `dev.sluice.OrderCreated.v1`.
final class EventTypes {
    /// The version is part of the name: a change that older readers would misread gets a new type beside the old one.
    private static final String FORMAT = "dev.sluice.%s.v1";

    private static final Map<String, Class<? extends TopUpEvent>> EVENTS = Arrays.stream(TopUpEvent.class.getPermittedSubclasses())
            .<Class<? extends TopUpEvent>>map(type -> type.asSubclass(TopUpEvent.class))
            .collect(Collectors.toUnmodifiableMap(EventTypes::name, Function.identity()));

    private EventTypes() {}

    /// The type's name on the wire.
    static String name(Class<?> type) {
        return FORMAT.formatted(type.getSimpleName());
    }

    /// The types of `sluice.events`, by their name on the wire.
    static Map<String, Class<? extends TopUpEvent>> events() {
        return EVENTS;
    }
}
