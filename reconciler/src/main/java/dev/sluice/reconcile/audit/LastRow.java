package dev.sluice.reconcile.audit;

/// The last row of a partition.
///
/// @param offset of its record
/// @param number of the row: how many rows the partition has
@SuppressWarnings("ArrayRecordComponent")
record LastRow(long offset, long number, byte[] hash) {
    /// Of a partition without rows.
    static final LastRow NONE = new LastRow(-1, 0, Chain.START);
}
