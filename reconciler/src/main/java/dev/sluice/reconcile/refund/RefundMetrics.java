package dev.sluice.reconcile.refund;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.ProviderConnections;

/// Gauges of the refunds that are owed. They are measured at a fixed rate and not when they are scraped.
@Component
class RefundMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(RefundMetrics.class);

    private final PendingRefunds refunds;
    private final ProviderConnections connections;
    private final AtomicReference<PendingRefunds.Measures> measures = new AtomicReference<>(PendingRefunds.Measures.NONE);

    RefundMetrics(PendingRefunds refunds, ProviderConnections connections, Clock clock, MeterRegistry meters) {
        this.refunds = refunds;
        this.connections = connections;
        Gauge.builder("sluice.refunds.open", () -> measures.get().open())
                .description("Refunds that are owed and that their provider has not ended").register(meters);
        stuck(meters, "balance", PendingRefunds.Measures::balance);
        stuck(meters, "set_up", PendingRefunds.Measures::setUp);
        stuck(meters, "unknown", PendingRefunds.Measures::unknown);
        Gauge.builder("sluice.refunds.left", () -> measures.get().left())
                .description("Refunds whose money rests with the provider until an operator directs it").register(meters);
        Gauge.builder("sluice.refunds.open.seconds", () -> seconds(measures.get().oldest(), clock.instant()))
                .description("How long the oldest open refund has been owed").register(meters);
    }

    private void stuck(MeterRegistry meters, String cause, ToDoubleFunction<PendingRefunds.Measures> count) {
        Gauge.builder("sluice.refunds.stuck", () -> count.applyAsDouble(measures.get()))
                .description("Open refunds that wait for an operator, by what they wait for").tag("cause", cause).register(meters);
    }

    private static double seconds(Optional<Instant> since, Instant now) {
        return since.map(from -> Math.max(0, Duration.between(from, now).toMillis() / 1000.0)).orElse(0.0);
    }

    @Scheduled(fixedRate = Limits.MEASURE_EVERY_MILLIS)
    void measure() {
        try {
            measures.set(refunds.measure(connections.all().values().stream().map(ProviderConnection::merchant).toList()));
        } catch (DataAccessException e) {
            LOG.atWarn().addKeyValue("why", e.getClass().getSimpleName()).log("metrics of refunds not updated");
        }
    }
}
