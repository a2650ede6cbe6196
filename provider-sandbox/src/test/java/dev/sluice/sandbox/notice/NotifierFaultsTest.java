package dev.sluice.sandbox.notice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.NoticeReceiver;
import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.fault.TestFaults;
import dev.sluice.sandbox.trade.TestTrades;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.Trades;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class NotifierFaultsTest {
    private static final Duration SILENCE = Duration.ofMillis(300);
    private static final String TRUTH = "T-1 paid 730";
    private static final int PATIENCE_SECONDS = 20;

    private final Trades trades = TestTrades.forgetful(new SettableClock());
    private final FaultInjection injection = TestFaults.none();

    @Test
    void neverTells() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("yes");
                var notifier = notifier(60)) {
            on(Fault.NEVER_NOTIFIED, Fault.NOTIFIED_TWICE, Fault.FORGED_NOTIFICATION);

            notifier.tell(paid(merchant.url()));

            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
        }
    }

    @Test
    void doesNotTellAgainOnceThatIsSwitchedOn() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("no");
                var notifier = notifier(2)) {
            notifier.tell(paid(merchant.url()));
            assertThat(merchant.next().body()).isEqualTo(TRUTH);
            on(Fault.NEVER_NOTIFIED);

            assertThat(merchant.staysSilentFor(Duration.ofSeconds(1))).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
        }
    }

    @Test
    void tellsTwiceThoughTheFirstIsAnswered() throws IOException, InterruptedException {
        assertTold(List.of(TRUTH, TRUTH), Fault.NOTIFIED_TWICE);
    }

    @Test
    void oneSuccessWordOfTwoIsEnough() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("no").firstAnswering("yes");
                var notifier = notifier(60)) {
            on(Fault.NOTIFIED_TWICE);

            notifier.tell(paid(merchant.url()));

            assertThat(told(merchant, 2)).containsOnly(TRUTH);
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
        }
    }

    @Test
    void tellsTwentyTimesAtOnce() throws IOException, InterruptedException {
        on(Fault.NOTIFIED_TWENTY_TIMES);
        // Nobody is answered before all twenty wait for an answer.
        var all = new CyclicBarrier(20);
        var answered = new CountDownLatch(20);
        HttpServer merchant = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var notifier = notifier(60)) {
            merchant.setExecutor(threads);
            merchant.createContext("/", exchange -> answerTogether(exchange, all, answered));
            merchant.start();

            notifier.tell(paid("http://127.0.0.1:" + merchant.getAddress().getPort() + "/"));

            assertThat(answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(all.isBroken()).isFalse();
            merchant.stop(0);
        }
    }

    @Test
    void tellsTwentyTimesAndNotOnceMore() throws IOException, InterruptedException {
        assertTold(Collections.nCopies(20, TRUTH), Fault.NOTIFIED_TWENTY_TIMES, Fault.NOTIFIED_TWICE);
    }

    @Test
    void tellsFiveMinutesLateOnTheScale() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("yes");
                var notifier = notifier(300)) {
            on(Fault.NOTIFIED_LATE);

            notifier.tell(paid(merchant.url()));

            assertThat(merchant.staysSilentFor(Duration.ofMillis(600))).isTrue();
            assertThat(merchant.next().body()).isEqualTo(TRUTH);
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
        }
    }

    @Test
    void aForgeryComesFirst() throws IOException, InterruptedException {
        assertTold(List.of("forged", TRUTH), Fault.FORGED_NOTIFICATION);
    }

    @Test
    void successWordsForAForgeryDoNotCount() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("yes").firstAnswering("yes").firstAnswering("no");
                var notifier = notifier(60)) {
            on(Fault.FORGED_NOTIFICATION);

            notifier.tell(paid(merchant.url()));

            assertThat(told(merchant, 4)).containsExactly("forged", TRUTH, "forged", TRUTH);
        }
    }

    @Test
    void anotherMerchantsComesFirst() throws IOException, InterruptedException {
        assertTold(List.of("another merchant's", TRUTH), Fault.WRONG_MERCHANT);
    }

    @Test
    void anOlderNoticeComesLast() throws IOException, InterruptedException {
        assertTold(List.of(TRUTH, "outdated"), Fault.OUTDATED_NOTIFICATION);
    }

    @Test
    void probesComeBeforeAndAfter() throws IOException, InterruptedException {
        assertTold(List.of("probe 1", "probe 2", TRUTH, "probe 1", "probe 2"), Fault.SIGNATURE_PROBES);
    }

    @Test
    void tellsOneFenLess() throws IOException, InterruptedException {
        assertTold(List.of("T-1 paid 729"), Fault.WRONG_AMOUNT);
    }

    @Test
    void tellsOfTheSecondPaymentUntilItsOwnSuccessWord() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("yes").firstAnswering("no").firstAnswering("no");
                var notifier = notifier(60)) {
            on(Fault.PAID_TWICE);
            Trade first = paid(merchant.url());

            notifier.tell(first);

            assertThat(told(merchant, 4)).containsOnly(TRUTH);
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
            assertThat(trades.payAgain(first.key())).as("a third payment").isEmpty();
        }
    }

    @Test
    void onlyTheOrderItIsOnForSuffers() throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("yes");
                var notifier = notifier(60)) {
            on(Fault.NEVER_NOTIFIED);

            notifier.tell(TestTrades.paid(trades, "T-2", merchant.url()));

            assertThat(merchant.next().body()).isEqualTo("T-2 paid 730");
        }
    }

    private void assertTold(List<String> bodies, Fault... faults) throws IOException, InterruptedException {
        try (var merchant = new NoticeReceiver("yes");
                var notifier = notifier(60)) {
            on(faults);

            notifier.tell(paid(merchant.url()));

            assertThat(told(merchant, bodies.size())).containsExactlyElementsOf(bodies);
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
        }
    }

    private static List<String> told(NoticeReceiver merchant, int times) throws InterruptedException {
        List<String> told = new ArrayList<>();
        for (int n = 0; n < times; n++) {
            told.add(merchant.next().body());
        }
        return told;
    }

    private static void answerTogether(HttpExchange exchange, CyclicBarrier all, CountDownLatch answered) throws IOException {
        try {
            all.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException notTogether) {
            exchange.close();
            return;
        }
        byte[] answer = "yes".getBytes(UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
        answered.countDown();
    }

    private void on(Fault... faults) {
        TestFaults.forOrder(injection, "T-1", faults);
    }

    private Notifier notifier(double scale) {
        var words = new TwoWords();
        return new Notifier(List.of(words), new NoticeRounds(List.of(words)), injection, trades, new TimeScale(scale));
    }

    private Trade paid(String url) {
        return TestTrades.paid(trades, "T-1", url);
    }
}
