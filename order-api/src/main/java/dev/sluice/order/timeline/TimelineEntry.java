package dev.sluice.order.timeline;

import java.time.Instant;

import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.ProviderAnswer;

/// One thing that is known of an order.
public sealed interface TimelineEntry {
    Kept kept();

    /// A fact.
    record OfFact(Kept kept, TopUpEvent event) implements TimelineEntry {}

    /// A notification that named the order. Only the beginning of its body is kept.
    record OfNotification(Kept kept, Notification notification) implements TimelineEntry {}

    /// A provider's answer about the order. Only the beginning of its body is kept.
    record OfAnswer(Kept kept, ProviderAnswer answer) implements TimelineEntry {}

    /// What the log has beside the content.
    ///
    /// @param at       when it happened, by the writer's clock
    /// @param type     on the wire: `dev.sluice.OrderCreated.v1`
    /// @param source   the app that appended it
    /// @param repeated whether the same fact stands earlier in the timeline
    /// @param leftOut  how many like it, of the same fact or of its kind, come after it and are not shown
    /// @param json     the content as the log has it
    record Kept(Instant at, String type, String source, boolean repeated, long leftOut, String json) {}
}
