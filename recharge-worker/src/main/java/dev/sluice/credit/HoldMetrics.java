package dev.sluice.credit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// The number of open holds, as a metric. It is counted on a timer, not when it is read: while the database is unavailable, the metric
/// keeps its last value, or has none before the first count.
@Component
class HoldMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(HoldMetrics.class);
    private static final long COUNT_EVERY_MILLIS = 5_000;

    private final JdbcClient jdbc;
    private volatile @Nullable Long open;

    HoldMetrics(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        Gauge.builder("sluice.holds.open", () -> open).description("Held payments that wait for an operator's decision")
                .register(meters);
    }

    @Scheduled(fixedDelay = COUNT_EVERY_MILLIS)
    void count() {
        try {
            open = jdbc.sql("select count(*) from ledger.payment where held is not null and resolved is null").query(Long.class).single();
        } catch (DataAccessException e) {
            LOG.atWarn().addKeyValue("why", e.getClass().getSimpleName()).log("open holds not counted");
        }
    }
}
