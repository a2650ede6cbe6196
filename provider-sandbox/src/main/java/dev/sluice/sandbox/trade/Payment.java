package dev.sluice.sandbox.trade;

import java.time.Instant;

/// That a payer paid.
///
/// @param noticeId names the notice about it, the same however often it is told
public record Payment(Instant at, String noticeId) {}
