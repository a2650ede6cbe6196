package dev.sluice.sandbox.trade;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.sluice.sandbox.SettableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TradeStoreTest {
    @TempDir
    private Path folder = Path.of("");

    private final SettableClock clock = new SettableClock();

    @Test
    void tradesSurviveARestart() {
        Trades before = TestTrades.in(folder, clock);
        Code opened = issued(before, "T-opened");
        Code paid = issued(before, "T-paid");
        Code acknowledged = issued(before, "T-acknowledged");
        before.open(opened.text());
        Scan payment = before.pay(paid.text());
        before.pay(acknowledged.text());
        before.notificationEnded(before.find(acknowledged.key()).orElseThrow());

        Trades after = TestTrades.in(folder, clock);
        clock.advance(Duration.ofDays(1));

        assertThat(after.open(paid.text())).isEqualTo(payment);
        assertThat(after.pay(acknowledged.text())).isEqualTo(new Scan.Refused(Scan.Reason.ALREADY_PAID));
        assertThat(after.pay(opened.text())).isInstanceOf(Scan.Accepted.class);
        assertThat(after.unacknowledged()).extracting(Trade::number).containsExactly("T-paid", "T-opened");
    }

    @Test
    void closuresAndSecondPaymentsSurviveARestart() {
        Trades before = TestTrades.in(folder, clock);
        Code closed = opened(before, "T-closed");
        Code payable = opened(before, "T-payable");
        Code twice = opened(before, "T-twice");
        before.close(closed.key(), false);
        before.close(payable.key(), true);
        before.pay(twice.text());
        Trade second = before.payAgain(twice.key()).orElseThrow();
        before.notificationEnded(before.find(closed.key()).orElseThrow());

        Trades after = TestTrades.in(folder, clock);

        assertThat(after.unacknowledged()).isEqualTo(before.unacknowledged()).hasSize(3);
        assertThat(after.findTransaction(Provider.ALIPAY, second.transactionId())).contains(second);
        assertThat(after.payAgain(twice.key())).isEmpty();
        assertThat(after.pay(closed.text())).isEqualTo(new Scan.Refused(Scan.Reason.CLOSED_TRADE));
        assertThat(after.pay(payable.text())).isInstanceOf(Scan.Accepted.class);
    }

    @Test
    void theLatestCodeAndALeftWalletSurviveARestart() {
        Trades before = TestTrades.in(folder, clock);
        Code repeated = issued(before, Provider.WECHAT, "T-wechat");
        Code left = opened(before, "T-left");
        before.leave(left.text());

        Trades after = TestTrades.in(folder, clock);

        assertThat(issued(after, Provider.WECHAT, "T-wechat")).isEqualTo(repeated);
        clock.advance(Duration.ofDays(1));
        assertThat(after.pay(left.text())).isEqualTo(new Scan.Refused(Scan.Reason.EXPIRED_CODE));
    }

    @Test
    void aHalfWrittenFileDoesNotMatter() throws IOException {
        Code first = issued(TestTrades.in(folder, clock), "T-first");
        Path half = Files.writeString(folder.resolve(file().getFileName().toString().replace(".json", ".next")), "{\"codes\":[{\"te");

        Trades trades = TestTrades.in(folder, clock);

        assertThat(trades.open(first.text())).isInstanceOf(Scan.Accepted.class);
        assertThat(half).as("replaced by the next write, and moved").doesNotExist();
        assertThat(TestTrades.in(folder, clock).open(first.text())).isInstanceOf(Scan.Accepted.class);
    }

    @Test
    void numbersThatDifferInCapitalsOnlyHaveFilesOfTheirOwn() throws IOException {
        Trades before = TestTrades.in(folder, clock);
        Code small = issued(before, "t_1");
        Code capital = issued(before, "T_1");

        Trades after = TestTrades.in(folder, clock);

        assertThat(after.open(small.text())).isInstanceOf(Scan.Accepted.class);
        assertThat(after.open(capital.text())).isInstanceOf(Scan.Accepted.class);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().toLowerCase(Locale.ROOT)).distinct()).hasSize(2);
        }
    }

    @Test
    void writesThoughTheThreadIsInterrupted() {
        Trades trades = TestTrades.in(folder, clock);
        Thread.currentThread().interrupt();
        Code code = issued(trades, "T-interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(TestTrades.in(folder, clock).open(code.text())).isInstanceOf(Scan.Accepted.class);
    }

    @Test
    void aBrokenFileIsNotTakenForAnEmptyOne() throws IOException {
        issued(TestTrades.in(folder, clock), "T-broken");
        Files.writeString(file(), "{\"codes\":[");

        assertThatIllegalStateException()
                .isThrownBy(() -> TestTrades.in(folder, clock))
                .withMessageContaining(file().toString())
                .withMessageContaining("move the file away");
    }

    private Path file() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
        }
    }

    private static Code opened(Trades trades, String number) {
        Code code = issued(trades, number);
        trades.open(code.text());
        return code;
    }

    private static Code issued(Trades trades, String number) {
        return issued(trades, Provider.ALIPAY, number);
    }

    private static Code issued(Trades trades, Provider provider, String number) {
        var terms = new TradeTerms(
                new TradeKey(provider, number),
                730,
                "AI服务充值",
                "2088721003899159",
                URI.create("https://merchant.example/notify"),
                Map.of("total_amount", "7.30"),
                SettableClock.START.plusSeconds(600),
                null);
        return ((CodeResult.Issued) trades.issue(terms)).code();
    }
}
