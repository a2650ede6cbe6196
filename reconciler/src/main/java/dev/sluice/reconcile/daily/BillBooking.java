package dev.sluice.reconcile.daily;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

import org.springframework.stereotype.Component;

import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.reconcile.bill.BillOrigin;
import dev.sluice.reconcile.bill.Bills;
import dev.sluice.reconcile.bill.StoredBill;
import dev.sluice.reconcile.compare.Comparison;
import dev.sluice.reconcile.compare.LineEvidence;

/// Stores a bill and compares it, in the transaction of the caller.
@Component
class BillBooking {
    private final Bills bills;
    private final Comparison comparison;
    private final LineEvidence evidence;
    private final BillDays days;

    BillBooking(Bills bills, Comparison comparison, LineEvidence evidence, BillDays days) {
        this.bills = bills;
        this.comparison = comparison;
        this.evidence = evidence;
        this.days = days;
    }

    /// @throws BillRejectedException when it is not a whole bill of that account and day
    /// @throws IOException           when the file cannot be read
    StoredBill book(BillOf of, Path file, BillFormat format, BillOrigin origin) throws BillRejectedException, IOException {
        StoredBill bill = bills.store(of, file, format, origin);
        comparison.compareRows(bill);
        evidence.keep(bill, file, format);
        return bill;
    }

    /// The day is settled, with a bill or empty: what the log has of it and of the day before may be missing in the bills now.
    void compareLog(BillOf of) {
        for (LocalDate day : new LocalDate[]{of.day().minusDays(1), of.day()}) {
            if (days.isSettled(of, day) && days.isSettled(of, day.plusDays(1))) {
                comparison.compareLog(of, day);
            }
        }
    }
}
