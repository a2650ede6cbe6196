package dev.sluice.provider.bill;

import java.util.ArrayList;
import java.util.List;

import dev.sluice.event.value.Money;
import dev.sluice.provider.wire.BeijingTime;

/// Adds up the rows of a bill while they are read, and remembers the lines that could not be.
public final class CountedRows {
    private final BeijingTime.Day day;
    private final List<Integer> unreadable = new ArrayList<>();
    private final Side paid = new Side();
    private final Side refunded = new Side();
    private long fee;
    private long ofTheDay;

    private static final class Side {
        private long rows;
        private long money;
        private long settled;

        void add(BillRow.Amounts amounts) {
            rows++;
            money += amounts.money().minorUnits();
            settled += amounts.settled().minorUnits();
        }
    }

    public CountedRows(BillOf of) {
        day = BeijingTime.dayOf(of.day());
    }

    public void add(BillRow row) {
        switch (row.kind()) {
            case PAYMENT -> paid.add(row.amounts());
            case REFUND, REVERSAL -> refunded.add(row.amounts());
        }
        fee += row.amounts().fee();
        ofTheDay += !row.at().isBefore(day.start()) && row.at().isBefore(day.end()) ? 1 : 0;
    }

    /// A line cannot be read. The totals will not agree.
    public void addUnreadable(int line) {
        if (unreadable.size() < Limits.NAMED_LINES) {
            unreadable.add(line);
        }
    }

    /// Compares a total with the provider's.
    ///
    /// @throws BillRejectedException when they differ
    public void check(String total, long ours, long theirs) throws BillRejectedException {
        if (ours != theirs) {
            throw new BillRejectedException(BillFault.BILL_TOTALS_DIFFER, total + unreadableLines());
        }
    }

    /// The totals, after all rows.
    ///
    /// @throws BillRejectedException when no row is of the day, or a line could not be read
    public BillTotals totals() throws BillRejectedException {
        if (!unreadable.isEmpty()) {
            throw new BillRejectedException(BillFault.BILL_TOTALS_DIFFER, "rows" + unreadableLines());
        }
        if (paid.rows + refunded.rows > 0 && ofTheDay == 0) {
            throw new BillRejectedException(BillFault.BILL_OF_ANOTHER_DAY, "");
        }
        return new BillTotals(paid.rows, refunded.rows, Money.ofFen(paid.money), Money.ofFen(refunded.money),
                paid.settled - refunded.settled, fee);
    }

    private String unreadableLines() {
        return unreadable.isEmpty() ? "" : ", lines that cannot be read: " + unreadable;
    }
}
