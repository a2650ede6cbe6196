package dev.sluice.order.timeline;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.JsonNode;

/// One thing that is known of an order.
///
/// @param at       when it happened, by the clock of whoever wrote it down
/// @param kind     a fact's type, `Notification` or `ProviderAnswer`
/// @param source   who wrote it down
/// @param repeated whether the same fact stands earlier in the timeline
/// @param leftOut  how many like it, tellings of the same fact or others of its kind, come after it and are not shown
/// @param data     what it says
public record TimelineEntry(Instant at, String kind, String source, boolean repeated,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long leftOut, JsonNode data) {}
