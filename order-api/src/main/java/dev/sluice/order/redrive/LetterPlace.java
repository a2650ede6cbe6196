package dev.sluice.order.redrive;

/// Where a dead letter stands.
///
/// @param partition of `sluice.events.dlt`
/// @param offset    its place there
record LetterPlace(int partition, long offset) {}
