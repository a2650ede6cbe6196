package dev.sluice.sandbox.trade;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// That a trade was closed unpaid.
///
/// @param noticeId names the notice about it, the same however often it is told; none if nobody is told
/// @param inWordsOnly whether a wallet that has a code for it open can pay all the same
public record Closure(Instant at, @Nullable String noticeId, boolean inWordsOnly) {}
