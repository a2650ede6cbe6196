package dev.sluice.reconcile.bill;

import java.time.Instant;

import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillTotals;

/// A bill of a day, as it was stored.
///
/// @param id       of its rows
/// @param version  1 for the first of its day; another content has the next number
/// @param sha256   of its text as it came, in hex
/// @param repeated rows that this or another bill has already: they are counted once
public record StoredBill(long id, BillOf of, int version, String sha256, BillTotals totals, long repeated, Instant storedAt) {}
