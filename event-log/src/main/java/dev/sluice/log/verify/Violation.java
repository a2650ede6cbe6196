package dev.sluice.log.verify;

/// A promise that the log does not keep.
///
/// @param promise which
/// @param subject the order's trade number, or the user
/// @param place   topic, partition and offset of the record that shows it; empty when a record is missing
/// @param what    what is wrong
public record Violation(Promise promise, String subject, String place, String what) {
    /// The promises of docs/architecture.md, as far as the log shows them.
    public enum Promise {
        /// Each payment is credited once or held.
        G1,
        /// Nothing is credited without a payment that fits, and nothing refunded beyond it.
        G2,
        /// The log makes the same ledger again: each fact has the id of its content.
        G4,
        /// The books balance.
        G5,
        /// An order is in the log before anything about it.
        G6
    }
}
