package dev.sluice.sandbox.trade;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.sluice.sandbox.SettableClock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FileJournalTest {
    @TempDir
    private Path folder = Path.of("");

    private final SettableClock clock = new SettableClock();

    @Test
    void tradesSurviveARestart() {
        Trades before = TestTrades.in(folder, clock);
        Code opened = issued(before, "T-opened");
        Code paid = issued(before, "T-paid");
        Code told = issued(before, "T-told");
        before.open(opened.text());
        Scan payment = before.pay(paid.text());
        before.pay(told.text());
        before.noticeEnded(told.offer().key(), NoticeEnd.ACKNOWLEDGED);

        Trades after = TestTrades.in(folder, clock);
        clock.advance(Duration.ofDays(1));

        assertThat(after.open(paid.text())).isEqualTo(payment);
        assertThat(after.pay(told.text())).isEqualTo(new Scan.Refused(Scan.Reason.ALREADY_PAID));
        assertThat(after.pay(opened.text())).isInstanceOf(Scan.Accepted.class);
        assertThat(after.untold()).extracting(trade -> trade.offer().key().number()).containsExactly("T-paid", "T-opened");
    }

    @Test
    void aHalfWrittenLastLineIsCutOff() throws IOException {
        Code first = issued(TestTrades.in(folder, clock), "T-first");
        Files.writeString(file(), "{\"fact\":\"code-is", UTF_8, StandardOpenOption.APPEND);

        Code second = issued(TestTrades.in(folder, clock), "T-second");

        Trades trades = TestTrades.in(folder, clock);
        assertThat(trades.open(first.text())).isInstanceOf(Scan.Accepted.class);
        assertThat(trades.open(second.text())).isInstanceOf(Scan.Accepted.class);
    }

    @Test
    void aBrokenLineInTheMiddleIsNotPassedOver() throws IOException {
        Files.writeString(file(), "{\"fact\":\"code-is\n", UTF_8);

        assertThatIllegalStateException().isThrownBy(() -> TestTrades.in(folder, clock)).withMessageStartingWith("line 1 of");
    }

    private Path file() {
        return folder.resolve("provider-sandbox.ndjson");
    }

    private static Code issued(Trades trades, String number) {
        return ((Issue.Issued) trades.issue(offer(number))).code();
    }

    private static Offer offer(String number) {
        return new Offer(
                new TradeKey(Provider.ALIPAY, number),
                730,
                "AI服务充值",
                "2088721003899159",
                URI.create("https://merchant.example/notify"),
                Map.of("total_amount", "7.30"),
                SettableClock.START.plusSeconds(600));
    }
}
