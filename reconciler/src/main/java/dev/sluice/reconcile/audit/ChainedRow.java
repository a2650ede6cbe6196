package dev.sluice.reconcile.audit;

/// A row of the audit and its hash.
///
/// @param hash SHA-256 over the hash of the row before and this row
@SuppressWarnings("ArrayRecordComponent")
public record ChainedRow(AuditRow row, byte[] hash) {}
