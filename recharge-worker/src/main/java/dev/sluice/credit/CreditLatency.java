package dev.sluice.credit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.ConfirmationSource;

/// How long payers waited: from the provider's time of payment to the booking of the quota. Providers report whole seconds, by their
/// own clock.
@Component
class CreditLatency {
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofDays(1);
    /// Close together where a payer still watches the page; further apart where the sweep found the payment.
    private static final List<Duration> BUCKETS = List.of(SHORTEST, Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
            Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30),
            Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1),
            Duration.ofHours(6), LONGEST);

    private final Clock clock;
    private final Map<ConfirmationSource, Timer> timers = new EnumMap<>(ConfirmationSource.class);

    /// All timers exist from the start: a series that begins with its first payment would hide that one from `rate`.
    CreditLatency(MeterRegistry meters, Clock clock) {
        this.clock = clock;
        for (ConfirmationSource source : ConfirmationSource.values()) {
            timers.put(source, Timer.builder("sluice.paid.to.credited")
                    .description("From when the provider took the money to when the quota was booked")
                    .tag("source", source.name().toLowerCase(Locale.ROOT))
                    .serviceLevelObjectives(BUCKETS.toArray(Duration[]::new))
                    .register(meters));
        }
    }

    void record(PaymentConfirmed payment) {
        Objects.requireNonNull(timers.get(payment.source())).record(waited(payment.paidAt()));
    }

    /// A provider's clock may be ahead of ours, and a negative duration would not be counted at all.
    private Duration waited(Instant paidAt) {
        Duration waited = Duration.between(paidAt, clock.instant());
        return waited.isNegative() ? Duration.ZERO : waited;
    }
}
