package dev.sluice.event.books;

/// A fact about the books of a day. All of them are in the one partition of `sluice.books`, in order.
///
/// A fact may be appended more than once. The id of its record derives from its type and [#naturalKey()].
public sealed interface BooksFact permits BillCompared, DiscrepancyResolved, AuditHeadPublished {
    /// What distinguishes this fact from others of its type. It is the record's key, too.
    String naturalKey();
}
