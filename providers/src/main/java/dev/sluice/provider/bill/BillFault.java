package dev.sluice.provider.bill;

/// Why a file is not the bill that it should be. The name is the stable code.
public enum BillFault {
    /// The text has no header of a bill.
    BILL_NOT_READABLE,
    /// A column that is needed is missing; the detail names it.
    BILL_COLUMN_MISSING,
    /// The summary is missing: the file was cut.
    BILL_CUT,
    /// The rows do not add up to the summary; the detail names the total, and the lines that could not be read.
    BILL_TOTALS_DIFFER,
    /// The bill is another account's.
    BILL_OF_ANOTHER_ACCOUNT,
    /// The bill is of another day.
    BILL_OF_ANOTHER_DAY,
    /// More bytes, lines or entries than a bill may have, or a line that is too long.
    BILL_TOO_LARGE,
    /// The archive is damaged, or names a file outside itself.
    BILL_ARCHIVE_MALFORMED
}
