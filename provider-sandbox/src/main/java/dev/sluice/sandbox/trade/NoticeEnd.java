package dev.sluice.sandbox.trade;

/// How the telling of a payment or a closure ended.
public enum NoticeEnd {
    /// The merchant said the success word.
    ACKNOWLEDGED,
    /// The schedule ran out, or mischief keeps it from the merchant.
    GIVEN_UP
}
