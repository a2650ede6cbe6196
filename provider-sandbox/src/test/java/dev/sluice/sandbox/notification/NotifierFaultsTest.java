package dev.sluice.sandbox.notification;

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
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.NotificationReceiver;
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
    void neverNotifies() throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("yes");
                var notifier = notifier(60)) {
            on(Fault.NEVER_NOTIFIED, Fault.NOTIFIED_TWICE, Fault.FORGED_NOTIFICATION);

            notifier.notifyOf(paid(merchant.url()));

            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
        }
    }

    @Test
    void doesNotRetryOnceThatIsSwitchedOn() throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("no");
                var notifier = notifier(2)) {
            notifier.notifyOf(paid(merchant.url()));
            assertThat(merchant.next().body()).isEqualTo(TRUTH);
            on(Fault.NEVER_NOTIFIED);

            assertThat(merchant.staysSilentFor(Duration.ofSeconds(1))).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
        }
    }

    @Test
    void notifiesTwiceThoughTheFirstIsAcknowledged() throws IOException, InterruptedException {
        assertNotified(List.of(TRUTH, TRUTH), Fault.NOTIFIED_TWICE);
    }

    @Test
    void oneAcknowledgementOfTwoIsEnough() throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("no").firstAnswering("yes");
                var notifier = notifier(60)) {
            on(Fault.NOTIFIED_TWICE);

            notifier.notifyOf(paid(merchant.url()));

            assertThat(received(merchant, 2)).containsOnly(TRUTH);
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
        }
    }

    @Test
    void notifiesTwentyTimesAtOnce() throws IOException, InterruptedException {
        on(Fault.NOTIFIED_TWENTY_TIMES);
        // No request is answered before all twenty wait for an answer.
        var all = new CyclicBarrier(20);
        var answered = new CountDownLatch(20);
        HttpServer merchant = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var notifier = notifier(60)) {
            merchant.setExecutor(threads);
            merchant.createContext("/", exchange -> answerTogether(exchange, all, answered));
            merchant.start();

            notifier.notifyOf(paid("http://127.0.0.1:" + merchant.getAddress().getPort() + "/"));

            assertThat(answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(all.isBroken()).isFalse();
            merchant.stop(0);
        }
    }

    @Test
    void notifiesTwentyTimesAndNotOnceMore() throws IOException, InterruptedException {
        assertNotified(Collections.nCopies(20, TRUTH), Fault.NOTIFIED_TWENTY_TIMES, Fault.NOTIFIED_TWICE);
    }

    @Test
    void notifiesFiveMinutesLateOnTheScale() throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("yes");
                var notifier = notifier(300)) {
            on(Fault.NOTIFIED_LATE);

            notifier.notifyOf(paid(merchant.url()));

            assertThat(merchant.staysSilentFor(Duration.ofMillis(600))).isTrue();
            assertThat(merchant.next().body()).isEqualTo(TRUTH);
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
        }
    }

    @Test
    void aForgeryComesFirst() throws IOException, InterruptedException {
        assertNotified(List.of("wrongly signed", TRUTH), Fault.FORGED_NOTIFICATION);
    }

    @Test
    void acknowledgementsOfAForgeryDoNotCount() throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("yes").firstAnswering("yes").firstAnswering("no");
                var notifier = notifier(60)) {
            on(Fault.FORGED_NOTIFICATION);

            notifier.notifyOf(paid(merchant.url()));

            assertThat(received(merchant, 4)).containsExactly("wrongly signed", TRUTH, "wrongly signed", TRUTH);
        }
    }

    @Test
    void anotherMerchantsComesFirst() throws IOException, InterruptedException {
        assertNotified(List.of("another merchant's", TRUTH), Fault.WRONG_MERCHANT);
    }

    @Test
    void anOlderNotificationComesLast() throws IOException, InterruptedException {
        assertNotified(List.of(TRUTH, "outdated"), Fault.OUTDATED_NOTIFICATION);
    }

    @Test
    void probesComeBeforeAndAfter() throws IOException, InterruptedException {
        List<String> probes = List.of("unsigned", "wrongly signed", "wrongly signed", "wrongly signed", "wrongly signed");

        assertNotified(Stream.of(probes, List.of(TRUTH), probes).flatMap(List::stream).toList(), Fault.SIGNATURE_PROBES);
    }

    @Test
    void reportsOneFenLess() throws IOException, InterruptedException {
        assertNotified(List.of("T-1 paid 729"), Fault.WRONG_AMOUNT);
    }

    @Test
    void notifiesOfTheSecondPaymentUntilItsOwnAcknowledgement() throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("yes").firstAnswering("no").firstAnswering("no");
                var notifier = notifier(60)) {
            on(Fault.PAID_TWICE);
            Trade first = paid(merchant.url());

            notifier.notifyOf(first);

            assertThat(received(merchant, 4)).containsOnly(TRUTH);
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
            assertThat(trades.payAgain(first.key())).as("a third payment").isEmpty();
        }
    }

    @Test
    void otherOrdersHaveNoFault() throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("yes");
                var notifier = notifier(60)) {
            on(Fault.NEVER_NOTIFIED);

            notifier.notifyOf(TestTrades.paid(trades, "T-2", merchant.url()));

            assertThat(merchant.next().body()).isEqualTo("T-2 paid 730");
        }
    }

    private void assertNotified(List<String> bodies, Fault... faults) throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("yes");
                var notifier = notifier(60)) {
            on(faults);

            notifier.notifyOf(paid(merchant.url()));

            assertThat(received(merchant, bodies.size())).containsExactlyElementsOf(bodies);
            assertThat(merchant.staysSilentFor(SILENCE)).isTrue();
            assertThat(trades.unacknowledged()).isEmpty();
        }
    }

    private static List<String> received(NotificationReceiver merchant, int times) throws InterruptedException {
        List<String> received = new ArrayList<>();
        for (int n = 0; n < times; n++) {
            received.add(merchant.next().body());
        }
        return received;
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
        return new Notifier(List.of(new YesOrNo()), injection, trades, new TimeScale(scale));
    }

    private Trade paid(String url) {
        return TestTrades.paid(trades, "T-1", url);
    }
}
