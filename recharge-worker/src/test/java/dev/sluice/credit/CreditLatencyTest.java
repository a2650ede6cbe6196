package dev.sluice.credit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class CreditLatencyTest {
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CreditLatency paidToCredited = new CreditLatency(meters, Clock.fixed(Facts.AT, ZoneOffset.UTC));

    @Test
    void tellsWhatWasToldFromWhatWasFoundByAsking() {
        paidToCredited.record(payment(Facts.AT.minusSeconds(2), ConfirmationSource.NOTIFICATION));
        paidToCredited.record(payment(Facts.AT.minusSeconds(40), ConfirmationSource.QUERY));

        assertThat(timer("notification").totalTime(TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(timer("query").totalTime(TimeUnit.SECONDS)).isEqualTo(40);
    }

    @Test
    void aPaymentFromTheFutureCountsAsOneThatDidNotWait() {
        paidToCredited.record(payment(Facts.AT.plus(Duration.ofHours(1)), ConfirmationSource.NOTIFICATION));

        assertThat(timer("notification").count()).isEqualTo(1);
        assertThat(timer("notification").totalTime(TimeUnit.SECONDS)).isZero();
    }

    @Test
    void prometheusSeesBucketsFrom50MillisecondsToADayBeforeTheFirstPayment() {
        assertThat(meters.scrape())
                .contains("sluice_paid_to_credited_seconds_bucket{source=\"notification\",le=\"0.05\"} 0")
                .contains("sluice_paid_to_credited_seconds_bucket{source=\"query\",le=\"60.0\"} 0")
                .contains("sluice_paid_to_credited_seconds_bucket{source=\"query\",le=\"86400.0\"} 0");
    }

    private Timer timer(String source) {
        return meters.get("sluice.paid.to.credited").tag("source", source).timer();
    }

    private static PaymentConfirmed payment(Instant paidAt, ConfirmationSource source) {
        return new PaymentConfirmed(new TradeNumber("T"), Providers.WECHAT, Facts.MERCHANT, new TransactionId("X"), Money.ofFen(100),
                paidAt,
                source, Evidence.ofAnswer(Instant.EPOCH, new byte[0]));
    }
}
