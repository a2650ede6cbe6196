package dev.sluice.reconcile.daily;

import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.event.books.BillCompared;
import dev.sluice.log.EventLog;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.reconcile.bill.Bills;
import dev.sluice.reconcile.bill.StoredBill;
import dev.sluice.reconcile.compare.Discrepancies;
import dev.sluice.reconcile.compare.Healing;

/// Appends what follows from compared bills, and then marks their days as complete. A day whose facts were appended and that was not marked
/// has them appended again.
@Component
class BillFacts {
    private static final Logger LOG = LoggerFactory.getLogger(BillFacts.class);

    private final Bills bills;
    private final BillDays days;
    private final BillSchedule schedule;
    private final Healing healing;
    private final Discrepancies discrepancies;
    private final EventLog eventLog;
    private final TransactionTemplate transactions;

    BillFacts(Bills bills, BillDays days, BillSchedule schedule, Healing healing, Discrepancies discrepancies, EventLog eventLog,
            TransactionTemplate transactions) {
        this.bills = bills;
        this.days = days;
        this.schedule = schedule;
        this.healing = healing;
        this.discrepancies = discrepancies;
        this.eventLog = eventLog;
        this.transactions = transactions;
    }

    /// @throws dev.sluice.log.NotAppendedException when not all are known to be in the log
    void appendAll(BillOf account) {
        boolean any = true;
        while (any) {
            any = Boolean.TRUE.equals(transactions.execute(_ -> {
                Optional<BillDays.Due> due = days.lockDue(account, BillDays.State.STORED, schedule.now());
                due.ifPresent(day -> append(day.of()));
                return due.isPresent();
            }));
        }
    }

    private void append(BillOf of) {
        StoredBill bill = bills.latest(of).orElseThrow();
        long healed = healing.append(bill);
        long open = discrepancies.open(of);
        eventLog.append(new BillCompared(of.provider(), of.account(), of.day(), bill.version(), bill.sha256(),
                bill.totals().payments() + bill.totals().refunds(), open));
        days.move(of, new BillDays.Next(BillDays.State.COMPLETE, null, null, ""));
        LOG.atInfo().addKeyValue("provider", of.provider()).addKeyValue("day", of.day()).addKeyValue("version", bill.version())
                .addKeyValue("rows", bill.totals().payments() + bill.totals().refunds()).addKeyValue("healed", healed)
                .addKeyValue("discrepancies", open).log("bill compared");
    }
}
