package dev.sluice.sandbox.trade;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.sluice.sandbox.SettableClock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FileJournalTest {
    private static final String OLD_JOURNAL = """
            {"fact":"trade-created","trade":{"offer":{"key":{"provider":"WECHAT","number":"T-paid"},"fen":730,\
            "subject":"AI","payee":"10000100","notifyUrl":"https://merchant.example/notify","terms":{"total_fee":"730"},\
            "until":"2026-11-20T02:10:00Z"},"createdAt":"2026-11-20T02:00:00Z",\
            "transactionId":"4200108760202611206057723349","payment":null}}
            {"fact":"code-issued","code":{"text":"weixin://wxpay/bizpayurl?pr=jpBpcptlz",\
            "offer":{"key":{"provider":"WECHAT","number":"T-paid"},"fen":730,"subject":"AI","payee":"10000100",\
            "notifyUrl":"https://merchant.example/notify","terms":{"total_fee":"730"},"until":"2026-11-20T02:10:00Z"},\
            "issuedAt":"2026-11-20T02:00:00Z"}}
            {"fact":"trade-paid","key":{"provider":"WECHAT","number":"T-paid"},"payment":{"at":"2026-11-20T02:00:00Z",\
            "noticeId":"2026112030860039137921448959013933"}}
            {"fact":"trade-created","trade":{"offer":{"key":{"provider":"WECHAT","number":"T-told"},"fen":730,\
            "subject":"AI","payee":"10000100","notifyUrl":"https://merchant.example/notify","terms":{"total_fee":"730"},\
            "until":"2026-11-20T02:10:00Z"},"createdAt":"2026-11-20T02:00:00Z",\
            "transactionId":"4200605304202611203273948976","payment":null}}
            {"fact":"code-issued","code":{"text":"weixin://wxpay/bizpayurl?pr=pPR9R2iAW",\
            "offer":{"key":{"provider":"WECHAT","number":"T-told"},"fen":730,"subject":"AI","payee":"10000100",\
            "notifyUrl":"https://merchant.example/notify","terms":{"total_fee":"730"},"until":"2026-11-20T02:10:00Z"},\
            "issuedAt":"2026-11-20T02:00:00Z"}}
            {"fact":"trade-paid","key":{"provider":"WECHAT","number":"T-told"},"payment":{"at":"2026-11-20T02:00:00Z",\
            "noticeId":"2026112002931965264711065696883222"}}
            {"fact":"notice-ended","key":{"provider":"WECHAT","number":"T-told"},"end":"ACKNOWLEDGED"}
            {"fact":"code-issued","code":{"text":"https://qr.alipay.com/baxrpa48m40wx2zdtndz8nih",\
            "offer":{"key":{"provider":"ALIPAY","number":"T-unpaid"},"fen":730,"subject":"AI","payee":"10000100",\
            "notifyUrl":"https://merchant.example/notify","terms":{"total_fee":"730"},"until":"2026-11-20T02:10:00Z"},\
            "issuedAt":"2026-11-20T02:00:00Z"}}
            {"fact":"code-opened","text":"https://qr.alipay.com/baxrpa48m40wx2zdtndz8nih"}
            {"fact":"trade-created","trade":{"offer":{"key":{"provider":"ALIPAY","number":"T-unpaid"},"fen":730,\
            "subject":"AI","payee":"10000100","notifyUrl":"https://merchant.example/notify","terms":{"total_fee":"730"},\
            "until":"2026-11-20T02:10:00Z"},"createdAt":"2026-11-20T02:00:00Z",\
            "transactionId":"2026112022001710515190121460","payment":null}}
            {"fact":"code-left","text":"https://qr.alipay.com/baxrpa48m40wx2zdtndz8nih"}
            """;

    @TempDir
    private Path folder = Path.of("");

    private final SettableClock clock = new SettableClock();
    private final Map<TradeKey, String> codes = new HashMap<>();

    @Test
    void tradesSurviveARestart() {
        Trades before = TestTrades.in(folder, clock);
        Code opened = issued(before, "T-opened");
        Code paid = issued(before, "T-paid");
        Code told = issued(before, "T-told");
        before.open(opened.text());
        Scan payment = before.pay(paid.text());
        before.pay(told.text());
        before.noticeEnded(before.find(told.offer().key()).orElseThrow(), NoticeEnd.ACKNOWLEDGED);

        Trades after = TestTrades.in(folder, clock);
        clock.advance(Duration.ofDays(1));

        assertThat(after.open(paid.text())).isEqualTo(payment);
        assertThat(after.pay(told.text())).isEqualTo(new Scan.Refused(Scan.Reason.ALREADY_PAID));
        assertThat(after.pay(opened.text())).isInstanceOf(Scan.Accepted.class);
        assertThat(after.untold()).extracting(trade -> trade.offer().key().number()).containsExactly("T-paid", "T-opened");
    }

    @Test
    void closuresAndSecondPaymentsSurviveARestart() {
        Trades before = TestTrades.in(folder, clock);
        TradeKey closed = opened(before, "T-closed");
        TradeKey inWords = opened(before, "T-words");
        TradeKey twice = opened(before, "T-twice");
        before.close(closed);
        before.closeInWordsOnly(inWords);
        before.pay(codeOf(twice));
        Trade twin = before.payAgain(twice).orElseThrow();
        before.noticeEnded(before.find(closed).orElseThrow(), NoticeEnd.GIVEN_UP);

        Trades after = TestTrades.in(folder, clock);

        assertThat(after.untold()).isEqualTo(before.untold()).hasSize(3);
        assertThat(after.findTransaction(Provider.ALIPAY, twin.transactionId())).contains(twin);
        assertThat(after.payAgain(twice)).isEmpty();
        assertThat(after.pay(codeOf(closed))).isEqualTo(new Scan.Refused(Scan.Reason.CLOSED_TRADE));
        assertThat(after.pay(codeOf(inWords))).isInstanceOf(Scan.Accepted.class);
    }

    /// As the first release wrote it: without ends, closures, and names of the notices that ended.
    @Test
    void aJournalOfOldIsStillRead() throws IOException {
        Files.writeString(file(), OLD_JOURNAL, UTF_8);

        Trades trades = TestTrades.in(folder, clock);

        assertThat(trades.untold()).extracting(trade -> trade.offer().key().number()).containsExactly("T-paid");
        assertThat(trades.find(new TradeKey(Provider.WECHAT, "T-told")).orElseThrow().status()).isEqualTo(TradeStatus.PAID);
        clock.advance(Duration.ofDays(1));
        TradeKey unpaid = new TradeKey(Provider.ALIPAY, "T-unpaid");
        assertThat(trades.find(unpaid).orElseThrow().status()).isEqualTo(TradeStatus.UNPAID);
        assertThat(trades.close(unpaid)).isInstanceOf(Closing.Closed.class);
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

    private TradeKey opened(Trades trades, String number) {
        Code code = issued(trades, number);
        trades.open(code.text());
        codes.put(code.offer().key(), code.text());
        return code.offer().key();
    }

    private String codeOf(TradeKey key) {
        return Objects.requireNonNull(codes.get(key));
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
                SettableClock.START.plusSeconds(600),
                null);
    }
}
