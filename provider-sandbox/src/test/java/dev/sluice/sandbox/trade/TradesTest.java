package dev.sluice.sandbox.trade;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.SettableClock;

import static org.assertj.core.api.Assertions.assertThat;

class TradesTest {
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final SettableClock clock = new SettableClock();
    private final Trades trades = TestTrades.forgetful(clock);

    @Test
    void anOrderAskedForTwiceHasOneCodeAtWechat() {
        Code first = issued(terms(Provider.WECHAT, "730"));

        assertThat(issued(terms(Provider.WECHAT, "730"))).isEqualTo(first);
    }

    @Test
    void anOrderWhoseCodeDiedGetsAFreshOneAtWechat() {
        Code first = issued(terms(Provider.WECHAT, "730"));
        clock.advance(LIFE);

        Code second = issued(terms(Provider.WECHAT, "730"));

        assertThat(second.text()).isNotEqualTo(first.text());
        assertThat(trades.open(first.text())).isEqualTo(new Scan.Refused(Scan.Reason.EXPIRED_CODE));
        assertThat(trades.open(second.text())).isInstanceOf(Scan.Accepted.class);
    }

    @Test
    void anOrderIsBoundToItsTermsAtOnceAtWechat() {
        issued(terms(Provider.WECHAT, "730"));

        assertThat(trades.issue(terms(Provider.WECHAT, "731"))).isEqualTo(new CodeResult.OtherTerms());
    }

    @Test
    void aTradeIsBoundToItsTermsOnlyByTheScanAtAlipay() {
        Code cheap = issued(terms(Provider.ALIPAY, "730"));
        Code dear = issued(terms(Provider.ALIPAY, "99900"));

        Trade trade = accepted(trades.open(cheap.text()));

        assertThat(trade.paid()).isFalse();
        assertThat(trade.transactionId()).matches("2026112022001[0-9]{15}");
        assertThat(trades.issue(terms(Provider.ALIPAY, "99900"))).isEqualTo(new CodeResult.OtherTerms());
        assertThat(trades.open(dear.text())).isEqualTo(new Scan.Refused(Scan.Reason.CONTEXT_INCONSISTENT));
        assertThat(trades.pay(dear.text())).isEqualTo(new Scan.Refused(Scan.Reason.CONTEXT_INCONSISTENT));
    }

    @Test
    void anOrderIsPaidOnceThroughWhicheverCode() {
        Code one = issued(terms(Provider.ALIPAY, "730"));
        Code other = issued(terms(Provider.ALIPAY, "730"));

        Trade paid = accepted(trades.pay(one.text()));

        assertThat(paid.paid()).isTrue();
        assertThat(trades.pay(one.text())).isEqualTo(new Scan.Refused(Scan.Reason.ALREADY_PAID));
        assertThat(trades.pay(other.text())).isEqualTo(new Scan.Refused(Scan.Reason.ALREADY_PAID));
        assertThat(trades.open(other.text())).isEqualTo(new Scan.Accepted(paid));
        assertThat(trades.issue(terms(Provider.ALIPAY, "730"))).isEqualTo(new CodeResult.AlreadyPaid());
    }

    @Test
    void aWechatTransactionNumberHas28DigitsBeginningWith4200() {
        Trade paid = accepted(trades.pay(issued(terms(Provider.WECHAT, "730")).text()));

        assertThat(paid.transactionId()).matches("4200[0-9]{6}20261120[0-9]{10}");
    }

    @Test
    void aCodeThatIsOpenCanBePaidAfterItsTime() {
        Code code = issued(terms(Provider.WECHAT, "730"));
        accepted(trades.open(code.text()));
        clock.advance(LIFE.multipliedBy(2));

        assertThat(accepted(trades.pay(code.text())).paid()).isTrue();
    }

    @Test
    void aCodeThatWasLeftDiesAtItsTime() {
        Code code = issued(terms(Provider.WECHAT, "730"));
        accepted(trades.open(code.text()));
        assertThat(trades.leave(code.text())).isTrue();
        clock.advance(LIFE);

        assertThat(trades.pay(code.text())).isEqualTo(new Scan.Refused(Scan.Reason.EXPIRED_CODE));
    }

    @Test
    void aCodeThatWasNeverIssuedIsUnknown() {
        assertThat(trades.pay("weixin://wxpay/bizpayurl?pr=nothing")).isEqualTo(new Scan.Refused(Scan.Reason.UNKNOWN_CODE));
        assertThat(trades.leave("weixin://wxpay/bizpayurl?pr=nothing")).isFalse();
    }

    @Test
    void aPaymentIsUnacknowledgedUntilItsNotificationEnded() {
        Trade paid = accepted(trades.pay(issued(terms(Provider.WECHAT, "730")).text()));
        assertThat(trades.unacknowledged()).containsExactly(paid);

        trades.notificationEnded(paid);

        assertThat(trades.unacknowledged()).isEmpty();
    }

    @Test
    void offersTheNewestCodeOfEachNumberThatCanBePaidNewestFirst() {
        issued(terms(Provider.ALIPAY, "730"));
        clock.advance(Duration.ofSeconds(1));
        Code wechat = issued(terms(Provider.WECHAT, "730"));
        clock.advance(Duration.ofSeconds(1));
        Code alipay = issued(terms(Provider.ALIPAY, "730"));

        assertThat(trades.scannable(9)).containsExactly(new ScannableCode(alipay, false), new ScannableCode(wechat, false));
        assertThat(trades.scannable(1)).containsExactly(new ScannableCode(alipay, false));

        accepted(trades.pay(alipay.text()));
        trades.open(wechat.text());

        assertThat(trades.scannable(9)).containsExactly(new ScannableCode(wechat, true));
    }

    @Test
    void offersNoCodeThatAWalletWouldRefuse() {
        Code cheap = issued(terms(Provider.ALIPAY, "730"));
        issued(terms(Provider.ALIPAY, "99900"));
        accepted(trades.open(cheap.text()));
        Code wechat = issued(terms(Provider.WECHAT, "730"));
        assertThat(trades.scannable(9)).containsExactly(new ScannableCode(cheap, true), new ScannableCode(wechat, false));

        closed(Provider.WECHAT);
        assertThat(trades.scannable(9)).as("closed").containsExactly(new ScannableCode(cheap, true));

        clock.advance(LIFE);
        assertThat(trades.scannable(9)).as("expired, but open in a wallet").containsExactly(new ScannableCode(cheap, true));

        trades.leave(cheap.text());
        assertThat(trades.scannable(9)).as("expired").isEmpty();
    }

    @Test
    void offersAClosedCodeThatAWalletHasOpenWhileItIsPayable() {
        Code code = issued(terms(Provider.WECHAT, "730"));
        accepted(trades.open(code.text()));
        trades.close(code.key(), true);

        assertThat(trades.scannable(9)).containsExactly(new ScannableCode(code, true));
    }

    @Test
    void refusesMoreCodesThanItMayKeep() {
        for (int n = 0; n < Trades.MAX_CODES; n++) {
            issued(terms(Provider.ALIPAY, "730"));
        }

        assertThat(trades.issue(terms(Provider.ALIPAY, "730"))).isEqualTo(new CodeResult.Full());
    }

    @Test
    void aClosedTradeIsNotifiedOnlyAtAlipay() {
        issued(terms(Provider.WECHAT, "730"));
        accepted(trades.open(issued(terms(Provider.ALIPAY, "730")).text()));

        Trade wechat = closed(Provider.WECHAT);
        Trade alipay = closed(Provider.ALIPAY);

        assertThat(wechat.status()).isEqualTo(Trade.Status.CLOSED);
        assertThat(wechat.notificationId()).isEmpty();
        assertThat(trades.unacknowledged()).containsExactly(alipay);
        assertThat(trades.issue(terms(Provider.WECHAT, "730"))).isEqualTo(new CodeResult.Closed());
        assertThat(trades.issue(terms(Provider.ALIPAY, "99900"))).isEqualTo(new CodeResult.Closed());
    }

    @Test
    void aPaymentAfterAPayableClosureIsNotifiedBesideTheClosure() {
        Code code = issued(terms(Provider.ALIPAY, "730"));
        accepted(trades.open(code.text()));
        Trade closed = ((CloseResult.Closed) trades.close(code.key(), true)).trade();

        Trade paid = accepted(trades.pay(code.text()));

        assertThat(paid.status()).isEqualTo(Trade.Status.PAID);
        assertThat(trades.unacknowledged()).containsExactly(closed, paid);
        assertThat(trades.close(code.key(), false)).isEqualTo(new CloseResult.AlreadyPaid());
    }

    @Test
    void anOrderIsPaidAgainOnceAndInAnotherTransaction() {
        Code code = issued(terms(Provider.WECHAT, "730"));
        TradeKey key = code.key();
        assertThat(trades.payAgain(key)).isEmpty();
        Trade paid = accepted(trades.pay(code.text()));

        Trade twin = trades.payAgain(key).orElseThrow();

        assertThat(twin.transactionId()).isNotEqualTo(paid.transactionId());
        assertThat(twin.notificationId()).isNotEqualTo(paid.notificationId());
        assertThat(trades.payAgain(key)).isEmpty();
        assertThat(trades.unacknowledged()).containsExactly(paid, twin);
        assertThat(trades.find(key)).contains(paid);
        assertThat(trades.findTransaction(Provider.WECHAT, paid.transactionId())).contains(paid);
        assertThat(trades.findTransaction(Provider.WECHAT, twin.transactionId())).contains(twin);
        assertThat(trades.findTransaction(Provider.ALIPAY, twin.transactionId())).isEmpty();
    }

    private Trade closed(Provider provider) {
        return ((CloseResult.Closed) trades.close(terms(provider, "730").key(), false)).trade();
    }

    private Code issued(TradeTerms terms) {
        return ((CodeResult.Issued) trades.issue(terms)).code();
    }

    private static Trade accepted(Scan scan) {
        return ((Scan.Accepted) scan).trade();
    }

    private TradeTerms terms(Provider provider, String fen) {
        return new TradeTerms(
                new TradeKey(provider, "01JD4Z3V8Q6M2N5R7T9W1X3Y5Z"),
                Long.parseLong(fen),
                "AI服务充值",
                "10000100",
                URI.create("https://merchant.example/notify"),
                Map.of("total_fee", fen),
                clock.instant().plus(LIFE),
                null);
    }
}
