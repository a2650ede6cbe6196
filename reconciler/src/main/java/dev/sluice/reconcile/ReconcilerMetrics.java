package dev.sluice.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.reconcile.pending.Limits;
import dev.sluice.reconcile.pending.OrphanedOrders;
import dev.sluice.reconcile.pending.PendingOrders;
import dev.sluice.reconcile.pending.ProviderAccount;
import dev.sluice.reconcile.pending.ProviderAccounts;
import dev.sluice.reconcile.unsettled.UnsettledPayments;

/// How things stand, as metrics. They are measured now and then and not when somebody reads them: while the database is away, the
/// metrics answer at once, with what was last known.
@Component
class ReconcilerMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcilerMetrics.class);

    private final PendingOrders pending;
    private final UnsettledPayments waiting;
    private final Supplier<ProviderAccounts> desks;
    private final Clock clock;
    private final AtomicReference<Measures> measures = new AtomicReference<>(new Measures(0, 0, 0, new OrphanedOrders(0, 0), 0));

    private record Measures(double waitingFen, double waitingSeconds, double pending, OrphanedOrders unaskable, double overdueSeconds) {}

    ReconcilerMetrics(PendingOrders pending, UnsettledPayments waiting, Supplier<ProviderAccounts> desks, Clock clock,
            MeterRegistry meters) {
        this.pending = pending;
        this.waiting = waiting;
        this.desks = desks;
        this.clock = clock;
        Gauge.builder("sluice.money.waiting.fen", () -> measures.get().waitingFen()).description("Confirmed, and neither credited nor held")
                .register(meters);
        Gauge.builder("sluice.money.waiting.seconds", () -> measures.get().waitingSeconds())
                .description("How long the oldest of it has waited").register(meters);
        Gauge.builder("sluice.orders.pending", () -> measures.get().pending()).description("Orders that money may still come for")
                .register(meters);
        Gauge.builder("sluice.orders.unaskable", () -> measures.get().unaskable().alive())
                .description("Those of them whose account is not set up any more, and whose code may live").register(meters);
        Gauge.builder("sluice.orders.unsettled", () -> measures.get().unaskable().dead())
                .description("Those of them whose account is not set up any more, and that nobody can pay any more").register(meters);
        Gauge.builder("sluice.sweep.overdue.seconds", () -> measures.get().overdueSeconds())
                .description("By how much the most overdue question to a provider is late").register(meters);
    }

    @Scheduled(fixedDelay = Limits.MEASURE_EVERY_MILLIS)
    void measure() {
        try {
            Instant now = clock.instant();
            pending.forgetDead(now);
            long all = pending.count();
            List<ProviderAccount> open = desks.get().all();
            OrphanedOrders unaskable = pending.unaskable(open, now);
            double overdue = open.stream().flatMap(desk -> pending.oldestDue(desk.provider(), desk.merchant()).stream())
                    .mapToDouble(due -> seconds(due, now)).max().orElse(0);
            double waitingSeconds = waiting.oldest().map(since -> seconds(since, now)).orElse(0.0);
            Measures before = measures.getAndSet(new Measures(waiting.fen(), waitingSeconds, all, unaskable, overdue));
            if (unaskable.alive() > 0 && before.unaskable().alive() == 0) {
                LOG.atWarn().addKeyValue("orders", unaskable.alive()).log("orders of an account that is not set up cannot be asked for");
            }
        } catch (DataAccessException e) {
            LOG.atWarn().addKeyValue("why", e.getClass().getSimpleName()).log("cannot measure how things stand");
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    }
}
