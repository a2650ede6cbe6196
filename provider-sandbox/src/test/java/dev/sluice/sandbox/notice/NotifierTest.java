package dev.sluice.sandbox.notice;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.NoticeReceiver;
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
    void tellsAgainUntilTheSuccessWord() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("yes").firstAnswering("no").firstAnswering("no");
                var notifier = notifier(new TimeScale(60))) {
            notifier.tell(paid(merchant.url()));

            for (int delivery = 1; delivery <= 3; delivery++) {
                assertThat(merchant.next().body()).isEqualTo("T-1 paid 730");
            }
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
        }
    }

    @Test
    void givesUpAfterTheLastPause() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("no");
                var notifier = notifier(new TimeScale(60))) {
            notifier.tell(paid(merchant.url()));

            for (int delivery = 1; delivery <= 4; delivery++) {
                assertThat(merchant.next().body()).isEqualTo("T-1 paid 730");
            }
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
        }
    }

    @Test
    void waitsTheRealPauseOnTheRealScale() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("no");
                var notifier = notifier(new TimeScale(1))) {
            notifier.tell(paid(merchant.url()));

            assertThat(merchant.next().body()).isEqualTo("T-1 paid 730");
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).hasSize(1);
        }
    }

    @Test
    void keepsAnUnreachableMerchantUntold() throws IOException, InterruptedException {
        String url;
        try (var gone = new NoticeReceiver("yes")) {
            url = gone.url();
        }
        try (var notifier = notifier(new TimeScale(1))) {
            notifier.tell(paid(url));
            Thread.sleep(SILENCE);

            assertThat(trades.unacknowledged()).hasSize(1);
        }
    }

    private Notifier notifier(TimeScale scale) {
        var words = new TwoWords();
        return new Notifier(List.of(words), new NoticeRounds(List.of(words)), TestFaults.none(), trades, scale);
    }

    private Trade paid(String url) {
        return TestTrades.paid(trades, "T-1", url);
    }
}
