package dev.sluice.provider.refund;

import java.time.Duration;

/// What a provider demands of those who refund.
///
/// @param betweenRequests between two requests of one payment; a closer one is refused
/// @param absentFrom      for so long after a request, an answer that the provider does not know the refund is premature
/// @param absentAnswers   so many answers, apart, prove that the provider does not know a refund
public record RefundRules(Duration betweenRequests, Duration absentFrom, int absentAnswers) {}
