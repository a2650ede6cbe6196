package dev.sluice.log.letter;

/// Where a dead letter stands.
///
/// @param partition of `sluice.events.dlt`
/// @param offset    its place there
public record LetterPlace(int partition, long offset) {}
