package dev.sluice.sandbox.trade;

/// How the telling of a payment ended.
public enum NoticeEnd {
    /// The merchant said the success word.
    ACKNOWLEDGED,
    /// The schedule ran out.
    GIVEN_UP
}
