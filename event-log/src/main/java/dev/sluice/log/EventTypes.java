package dev.sluice.log;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.event.OrderWatched;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.books.BooksFact;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.ProviderAnswer;

/// The names of the types on the wire, as CloudEvents' `type`: `dev.sluice.OrderCreated.v1`.
final class EventTypes {
    /// The version is part of the name: a change that older readers would misread gets a new type beside the old one.
    private static final String FORMAT = "dev.sluice.%s.v1";
    private static final String OURS = "dev.sluice.";

    private static final Map<String, Class<? extends TopUpEvent>> EVENTS = records(TopUpEvent.class)
            .<Class<? extends TopUpEvent>>map(type -> type.asSubclass(TopUpEvent.class))
            .collect(Collectors.toUnmodifiableMap(EventTypes::name, Function.identity()));
    private static final Map<String, Class<?>> BOOKS = records(BooksFact.class)
            .collect(Collectors.toUnmodifiableMap(EventTypes::name, Function.identity()));
    private static final Map<String, Class<?>> EVIDENCE = named(Notification.class, ProviderAnswer.class);
    private static final Map<String, Class<?>> PAGES = named(OrderWatched.class);

    private EventTypes() {}

    /// The alternatives of a sealed type and of those of them that are sealed in turn.
    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypes::records) : Stream.of(type);
    }

    private static Map<String, Class<?>> named(Class<?>... types) {
        return Stream.of(types).collect(Collectors.toUnmodifiableMap(EventTypes::name, Function.identity()));
    }

    /// The type's name on the wire.
    static String name(Class<?> type) {
        return FORMAT.formatted(type.getSimpleName());
    }

    /// The types of a topic that views follow, by their name on the wire.
    static Map<String, ? extends Class<?>> of(String topic) {
        if (topic.equals(Topic.EVENTS.topicName())) {
            return EVENTS;
        }
        if (topic.equals(Topic.BOOKS.topicName())) {
            return BOOKS;
        }
        boolean isEvidence = topic.equals(Topic.NOTIFICATIONS.topicName()) || topic.equals(Topic.FORGERIES.topicName());
        return isEvidence ? EVIDENCE : topic.equals(Topic.WATCH.topicName()) ? PAGES : Map.of();
    }

    /// Whether a type that this version does not know can only be a newer version's.
    static boolean newer(String type) {
        return type.startsWith(OURS) && !EVENTS.containsKey(type) && !BOOKS.containsKey(type) && !EVIDENCE.containsKey(type)
                && !PAGES.containsKey(type);
    }

    /// The types of `sluice.events`, by their name on the wire.
    static Map<String, Class<? extends TopUpEvent>> events() {
        return EVENTS;
    }
}
