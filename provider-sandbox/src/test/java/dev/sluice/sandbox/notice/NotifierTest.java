package dev.sluice.sandbox.notice;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.NoticeReceiver;
import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.trade.Issue;
import dev.sluice.sandbox.trade.Offer;
import dev.sluice.sandbox.trade.Payment;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Scan;
import dev.sluice.sandbox.trade.TestTrades;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.Trades;

import static java.nio.charset.StandardCharsets.UTF_8;
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
                assertThat(merchant.next().body()).isEqualTo("T-1 paid");
            }
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.untold()).isEmpty();
        }
    }

    @Test
    void givesUpAfterTheLastPause() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("no");
                var notifier = notifier(new TimeScale(60))) {
            notifier.tell(paid(merchant.url()));

            for (int delivery = 1; delivery <= 4; delivery++) {
                assertThat(merchant.next().body()).isEqualTo("T-1 paid");
            }
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.untold()).isEmpty();
        }
    }

    @Test
    void waitsTheRealPauseOnTheRealScale() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("no");
                var notifier = notifier(new TimeScale(1))) {
            notifier.tell(paid(merchant.url()));

            assertThat(merchant.next().body()).isEqualTo("T-1 paid");
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.untold()).hasSize(1);
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

            assertThat(trades.untold()).hasSize(1);
        }
    }

    private Notifier notifier(TimeScale scale) {
        return new Notifier(List.of(new TwoWords()), trades, scale);
    }

    private Trade paid(String url) {
        var offer = new Offer(
                new TradeKey(Provider.WECHAT, "T-1"), 730, "any", "any", URI.create(url), Map.of(), SettableClock.START.plusSeconds(60));
        var code = ((Issue.Issued) trades.issue(offer)).code();
        return ((Scan.Accepted) trades.pay(code.text())).trade();
    }

    /// A provider that knows yes and no, and pauses for a second.
    private record TwoWords() implements PaymentNotice {
        @Override
        public Provider provider() {
            return Provider.WECHAT;
        }

        @Override
        public List<Duration> pauses() {
            return List.of(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
        }

        @Override
        public NoticeBody compose(Trade trade, Payment payment) {
            return new NoticeBody("text/plain", trade.offer().key().number() + " paid");
        }

        @Override
        public boolean acknowledgedBy(int status, byte[] answer) {
            return new String(answer, UTF_8).equals("yes");
        }
    }
}
