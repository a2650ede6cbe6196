package dev.sluice.sandbox.notice;

/// What became of one delivery.
enum NoticeOutcome {
    ACKNOWLEDGED,
    /// Answered, but not with the success word.
    REFUSED,
    /// No answer within the time a provider waits.
    TIMED_OUT,
    /// No connection, or no readable answer.
    UNREACHABLE
}
