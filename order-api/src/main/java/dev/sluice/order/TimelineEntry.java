package dev.sluice.order;

import java.time.Instant;

import tools.jackson.databind.JsonNode;

/// One thing that is known of an order.
///
/// @param at       when it happened, by the clock of whoever wrote it down
/// @param kind     a fact's type, `Notice` or `ProviderAnswer`
/// @param source   who wrote it down
/// @param repeated whether the same fact stands earlier in the timeline
/// @param data     what it says
record TimelineEntry(Instant at, String kind, String source, boolean repeated, JsonNode data) {}
