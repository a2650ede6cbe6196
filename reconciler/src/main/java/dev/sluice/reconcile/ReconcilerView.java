package dev.sluice.reconcile;

import java.util.List;
import java.util.Set;

import org.springframework.stereotype.Component;

import dev.sluice.log.Topic;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.log.follow.View;
import dev.sluice.reconcile.pending.PendingProjection;
import dev.sluice.reconcile.refund.NotifiedRefunds;
import dev.sluice.reconcile.refund.RefundProjection;
import dev.sluice.reconcile.unsettled.UnsettledPayments;

/// The reconciler's rows, as the log has them: orders that money may still come for, refunds that are owed or that notifications named, and
/// money without an outcome. A poll without refunds costs at most six statements.
@Component
class ReconcilerView implements View {
    private final PendingProjection pending;
    private final NotifiedRefunds refunds;
    private final RefundProjection owed;
    private final UnsettledPayments unsettled;

    ReconcilerView(PendingProjection pending, NotifiedRefunds refunds, RefundProjection owed, UnsettledPayments unsettled) {
        this.pending = pending;
        this.refunds = refunds;
        this.owed = owed;
        this.unsettled = unsettled;
    }

    @Override
    public String name() {
        return "reconciler";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.EVENTS, Topic.NOTIFICATIONS, Topic.WATCH);
    }

    @Override
    public String schema() {
        return "recon";
    }

    @Override
    public void apply(List<LogRecord> records) {
        pending.apply(records, unsettled.apply(records));
        owed.apply(records);
        refunds.apply(records);
    }
}
