package dev.sluice.log;

import java.time.Instant;
import java.util.UUID;

import dev.sluice.event.OrderWatched;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.books.BooksFact;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.ProviderAnswer;

/// The content of a record of the log.
public sealed interface DecodedRecord {
    /// Content that this version understands.
    sealed interface Decoded extends DecodedRecord {}

    /// A fact, from `sluice.events`.
    ///
    /// @param id     the same however often the fact is appended
    /// @param at     when it was appended, by the writer's clock
    /// @param source the app that appended it: `/sluice/{writer}`
    /// @param event  the fact
    record Fact(UUID id, Instant at, String source, TopUpEvent event) implements Decoded {}

    /// A fact about the books, from `sluice.books`.
    ///
    /// @param id     the same however often the fact is appended
    /// @param at     when it was appended, by the writer's clock
    /// @param source the app that appended it: `/sluice/{writer}`
    /// @param fact   the fact
    record OfBooks(UUID id, Instant at, String source, BooksFact fact) implements Decoded {}

    /// A notification as received, from `sluice.notifications`.
    record OfNotification(String source, Notification notification) implements Decoded {}

    /// A provider's answer as received, from `sluice.notifications`.
    record OfAnswer(String source, ProviderAnswer answer) implements Decoded {}

    /// An order with an open page, from `sluice.watch`.
    record Watched(OrderWatched watched) implements Decoded {}

    /// Content that no version understands, for a view that keeps every record.
    ///
    /// @param why the fault, without the content
    record NotUnderstood(String why) implements Decoded {}

    /// Content that this version does not understand.
    ///
    /// @param why         the fault, without the content
    /// @param newerWriter whether the record has a type, a version or a constant of ours that this version does not know: a newer
    ///                    version reads it. Otherwise no version does, and the record belongs to the dead letters
    record Unreadable(String why, boolean newerWriter) implements DecodedRecord {}
}
