package dev.sluice.sandbox.notification;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.NotificationReceiver;
import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.TestFaults;
import dev.sluice.sandbox.trade.TestTrades;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.Trades;

import static org.assertj.core.api.Assertions.assertThat;

class NotifierTest {
    private static final Duration SILENCE = Duration.ofMillis(300);

    private final Trades trades = TestTrades.forgetful(new SettableClock());

    @Test
    void notifiesUntilAcknowledged() throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("yes").firstAnswering("no").firstAnswering("no");
                var notifier = notifier(new TimeScale(60))) {
            notifier.notifyOf(paid(merchant.url()));

            for (int delivery = 1; delivery <= 3; delivery++) {
                assertThat(merchant.next().body()).isEqualTo("T-1 paid 730");
            }
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
        }
    }

    @Test
    void givesUpAfterTheLastPause() throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("no");
                var notifier = notifier(new TimeScale(60))) {
            notifier.notifyOf(paid(merchant.url()));

            for (int delivery = 1; delivery <= 4; delivery++) {
                assertThat(merchant.next().body()).isEqualTo("T-1 paid 730");
            }
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
        }
    }

    @Test
    void waitsTheRealPauseOnTheRealScale() throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("no");
                var notifier = notifier(new TimeScale(1))) {
            notifier.notifyOf(paid(merchant.url()));

            assertThat(merchant.next().body()).isEqualTo("T-1 paid 730");
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).hasSize(1);
        }
    }

    @Test
    void keepsWhatAnUnreachableMerchantHasNotAcknowledged() throws IOException, InterruptedException {
        String url;
        try (var gone = new NotificationReceiver("yes")) {
            url = gone.url();
        }
        try (var notifier = notifier(new TimeScale(1))) {
            notifier.notifyOf(paid(url));
            Thread.sleep(SILENCE);

            assertThat(trades.unacknowledged()).hasSize(1);
        }
    }

    private Notifier notifier(TimeScale scale) {
        return new Notifier(List.of(new YesOrNo()), TestFaults.none(), trades, scale);
    }

    private Trade paid(String url) {
        return TestTrades.paid(trades, "T-1", url);
    }
}
