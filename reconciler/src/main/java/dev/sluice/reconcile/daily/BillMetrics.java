package dev.sluice.reconcile.daily;

import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.reconcile.compare.Discrepancies;

/// Gauges of late bills and open differences, measured at a fixed rate.
@Component
class BillMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(BillMetrics.class);

    private final BillDays days;
    private final BillSchedule schedule;
    private final Discrepancies discrepancies;
    private final AtomicReference<Measures> measures = new AtomicReference<>(new Measures(0, 0));

    private record Measures(long late, long open) {}

    BillMetrics(BillDays days, BillSchedule schedule, Discrepancies discrepancies, MeterRegistry meters) {
        this.days = days;
        this.schedule = schedule;
        this.discrepancies = discrepancies;
        Gauge.builder("sluice.bills.late", () -> measures.get().late()).description("Days of accounts without a compared bill after noon")
                .register(meters);
        Gauge.builder("sluice.discrepancies.open", () -> measures.get().open())
                .description("Differences between bills and log that wait for an operator").register(meters);
    }

    @Scheduled(fixedRate = Limits.MEASURE_EVERY_MILLIS)
    void measure() {
        try {
            measures.set(new Measures(days.late(schedule.lastThatIsLate()), discrepancies.open()));
        } catch (DataAccessException e) {
            LOG.atWarn().addKeyValue("why", e.getClass().getSimpleName()).log("bills not measured");
        }
    }
}
