package dev.sluice.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.reconcile.pending.Limits;
import dev.sluice.reconcile.pending.PendingOrders;
import dev.sluice.reconcile.pending.ProviderAccounts;
import dev.sluice.reconcile.unsettled.UnsettledPayments;

/// Gauges of the pending orders and the unsettled payments. They are measured at a fixed rate and not when they are scraped: while the
/// database is away, the metrics answer at once, with what was last known. Measuring changes nothing.
@Component
class ReconcilerMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcilerMetrics.class);

    private final PendingOrders pending;
    private final UnsettledPayments unsettled;
    private final Supplier<ProviderAccounts> accounts;
    private final Clock clock;
    private final Lock measuring = new ReentrantLock();
    private final AtomicReference<Measures> measures = new AtomicReference<>(
            new Measures(0, 0, new PendingOrders.Measures(0, 0, 0, 0, Optional.empty()), 0));

    private record Measures(double waitingFen, double waitingSeconds, PendingOrders.Measures orders, double sweepSeconds) {}

    ReconcilerMetrics(PendingOrders pending, UnsettledPayments unsettled, Supplier<ProviderAccounts> accounts, Clock clock,
            MeterRegistry meters) {
        this.pending = pending;
        this.unsettled = unsettled;
        this.accounts = accounts;
        this.clock = clock;
        Gauge.builder("sluice.money.waiting.fen", () -> measures.get().waitingFen()).description("Confirmed, and neither credited nor held")
                .register(meters);
        Gauge.builder("sluice.money.waiting.seconds", () -> measures.get().waitingSeconds())
                .description("How long the oldest of it has waited").register(meters);
        Gauge.builder("sluice.orders.pending", () -> measures.get().orders().count()).description("Orders that money may still come for")
                .register(meters);
        Gauge.builder("sluice.orders.unaskable", () -> measures.get().orders().unaskable())
                .description("Those of them whose account is no longer configured and whose code may be valid").register(meters);
        Gauge.builder("sluice.orders.unsettled", () -> measures.get().orders().unsettled())
                .description("Those of them whose account is no longer configured and whose code has expired").register(meters);
        Gauge.builder("sluice.orders.overdue", () -> measures.get().orders().overdue())
                .description("Pending orders that expired more than a day ago").register(meters);
        Gauge.builder("sluice.sweep.overdue.seconds", () -> measures.get().sweepSeconds())
                .description("Delay of the most overdue query of a provider").register(meters);
    }

    @Scheduled(fixedRate = Limits.MEASURE_EVERY_MILLIS)
    void measure() {
        if (measuring.tryLock()) {
            try {
                measureNow();
            } finally {
                measuring.unlock();
            }
        }
    }

    private void measureNow() {
        try {
            Instant now = clock.instant();
            PendingOrders.Measures orders = pending.measure(accounts.get().all(), now);
            UnsettledPayments.Sum sum = unsettled.sum();
            double waitingSeconds = sum.oldest().map(since -> seconds(since, now)).orElse(0.0);
            double sweepSeconds = orders.oldestDue().map(due -> seconds(due, now)).orElse(0.0);
            Measures before = measures.getAndSet(new Measures(sum.fen(), waitingSeconds, orders, sweepSeconds));
            if (orders.unaskable() > 0 && before.orders().unaskable() == 0) {
                LOG.atWarn().addKeyValue("orders", orders.unaskable()).log("orders of an account that is not configured cannot be queried");
            }
        } catch (DataAccessException e) {
            LOG.atWarn().addKeyValue("why", e.getClass().getSimpleName()).log("metrics not updated");
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    }
}
