package dev.sluice.log.history;

/// A part of a partition; empty when it ends where it begins, or before.
///
/// @param from the first offset
/// @param to   the offset after the last
public record Span(long from, long to) {
    public boolean isEmpty() {
        return from >= to;
    }

    /// The number of its offsets.
    public long length() {
        return Math.max(0, to - from);
    }
}
