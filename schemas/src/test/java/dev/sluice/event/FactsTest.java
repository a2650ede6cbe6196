package dev.sluice.event;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.sluice.event.RefundEvent.Arrival;
import dev.sluice.event.RefundEvent.Funds;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.RefundEvent.ProviderRefund;
import dev.sluice.event.RefundEvent.RefundApproved;
import dev.sluice.event.RefundEvent.RefundDeclined;
import dev.sluice.event.RefundEvent.RefundRefused;
import dev.sluice.event.RefundEvent.RefundRequested;
import dev.sluice.event.RefundEvent.RefundSucceeded;
import dev.sluice.event.RefundEvent.Refusal;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/// The natural keys: which of two facts of one type about one order are the same fact.
class FactsTest {
    private static final UserId OPERATOR = new UserId("ops-1");

    @Test
    void anOrderIsCreatedAndEndsOnce() {
        assertThat(Facts.order("T", 1, 100, 5).naturalKey()).isEqualTo(Facts.order("T", 2, 200, 6).naturalKey());
        assertThat(Stream.of(CloseReason.EXPIRED, CloseReason.PROVIDER_REFUSED, CloseReason.CANCELLED).map(FactsTest::closed)
                .map(OrderClosed::naturalKey)).containsOnly("");
    }

    /// Of a cancelled order a ledger, a page and a view read both, and neither counts as a repetition of the other.
    @Test
    void whatBecomesOfAnEndedOrderAtItsProviderIsAFactOfItsOwn() {
        assertThat(Stream.of(CloseReason.CANCELLED, CloseReason.PROVIDER_CLOSED, CloseReason.REFUNDED).map(FactsTest::closed)
                .map(OrderClosed::naturalKey)).doesNotHaveDuplicates();
    }

    private static OrderClosed closed(CloseReason reason) {
        return new OrderClosed(new TradeNumber("T"), reason, LatePayment.CREDIT);
    }

    @Test
    void aPaymentIsOneFactWhateverWasRefunded() {
        assertThat(Facts.partlyRefunded("T", "X", 100, 30).naturalKey()).isEqualTo(Facts.payment("T", "X", 100).naturalKey());
        assertThat(Facts.payment("T", "X", 100).refunded()).isEqualTo(Money.ofFen(0));
    }

    @Test
    void noMoreIsRefundedThanWasPaidAndInTheSameCurrency() {
        assertThat(Facts.partlyRefunded("T", "X", 100, 100).refunded()).isEqualTo(Money.ofFen(100));
        assertThatIllegalArgumentException().isThrownBy(() -> Facts.partlyRefunded("T", "X", 100, 101));
        assertThatIllegalArgumentException().isThrownBy(
                () -> Facts.held("T", "X", Money.ofFen(100), Money.ofFen(101), HoldReason.PARTLY_REFUNDED));
        assertThatIllegalArgumentException().isThrownBy(() -> Facts.held("T", "X", Money.ofFen(100),
                new Money(1, Currency.getInstance("USD")), HoldReason.PARTLY_REFUNDED));
        PaymentConfirmed paid = Facts.payment("T", "X", 100);
        assertThatIllegalArgumentException().isThrownBy(() -> new PaymentConfirmed(paid.tradeNumber(), paid.provider(), paid.merchant(),
                paid.transactionId(), paid.money(), new Money(1, Currency.getInstance("HKD")), paid.paidAt(), paid.source(),
                paid.evidence()));
    }

    @Test
    void aPaymentIsTheProvidersTransactionHoweverItBecameKnown() {
        PaymentConfirmed notified = Facts.payment("T", "X", 100, "<xml/>");
        PaymentConfirmed other = Facts.payment("T", "Y", 100, "<xml/>");
        PaymentConfirmed ofAnotherProvider = Facts.payment("T", "X", Money.ofFen(100), Providers.ALIPAY, Facts.MERCHANT);

        assertThat(notified.naturalKey()).isEqualTo(Facts.payment("T", "X", 100).naturalKey());
        assertThat(Set.of(notified.naturalKey(), other.naturalKey(), ofAnotherProvider.naturalKey())).hasSize(3);
    }

    @Test
    void anOrderIsCreditedOnceAndEachPaymentIsReleasedOnce() {
        assertThat(Facts.credited("T", "X", 1, 5).naturalKey()).isEqualTo(Facts.credited("T", "Y", 1, 5).naturalKey());
        assertThat(Facts.released("T", "X", 1, 5).naturalKey()).isNotEqualTo(Facts.released("T", "Y", 1, 5).naturalKey())
                .isNotEqualTo(Facts.credited("T", "X", 1, 5).naturalKey());
    }

    @Test
    void aPaymentIsHeldOnceWhateverTheReason() {
        List<String> keys = Stream.of(HoldReason.values()).map(reason -> Facts.held("T", "X", Money.ofFen(1), reason).naturalKey())
                .distinct().toList();

        assertThat(keys).hasSize(1).doesNotContain(Facts.held("T", "Y", Money.ofFen(1), HoldReason.UNKNOWN_ORDER).naturalKey());
    }

    @Test
    void anActIsWhatItsKeySays() {
        var number = new TradeNumber("T");
        List<TopUpEvent> acts = List.of(
                new CheckRequested(number, Providers.WECHAT, Facts.MERCHANT, Instant.EPOCH, Instant.EPOCH, OPERATOR, "r", "k"),
                new CancelRequested(number, OPERATOR, "r", "k"),
                new HoldResolved(number, Providers.WECHAT, new TransactionId("X"), new Resolution.Refund(), OPERATOR, "r", "k"));

        assertThat(acts.stream().map(TopUpEvent::naturalKey)).containsOnly("k");
        assertThat(new CancelRequested(number, OPERATOR, "another reason", "k").naturalKey()).isEqualTo("k");
        assertThat(acts.stream().map(TopUpEvent::tradeNumber).collect(Collectors.toSet())).containsExactly(number);
    }

    @Test
    void aReleaseOfNothingIsNoDecision() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Resolution.Credit(OPERATOR, new Quota(0)));
    }

    @Test
    void aRefundIsItsNumberAndMoneyThatReachesThePayerLaterIsAFactOfItsOwn() {
        var order = new TradeNumber("T");
        RefundNumber number = RefundNumber.of(order, "k");
        var refund = new ProviderRefund("1", Money.ofFen(5), Instant.EPOCH);
        List<TopUpEvent> facts = List.of(new RefundApproved(order, number, OPERATOR, "r"),
                new RefundDeclined(order, number, OPERATOR, "another"),
                new RefundRefused(order, number, Money.ofFen(5), Refusal.MORE_THAN_LEFT));

        assertThat(facts.stream().map(TopUpEvent::naturalKey)).containsOnly(number.value());
        assertThat(Stream.of(Arrival.values()).map(arrival -> new RefundSucceeded(order, number, Providers.WECHAT, Money.ofFen(5), refund,
                arrival, Evidence.ofAnswer(Instant.EPOCH, new byte[0])).naturalKey())).doesNotHaveDuplicates();
    }

    @Test
    void aRefundRequestedTwiceHasOneNumberAndEachKeyAndOrderItsOwn() {
        var order = new TradeNumber("T");

        assertThat(RefundNumber.of(order, "k")).isEqualTo(RefundNumber.of(order, "k")).isNotEqualTo(RefundNumber.of(order, "l"))
                .isNotEqualTo(RefundNumber.of(new TradeNumber("U"), "k"));
        assertThat(RefundNumber.of(order, "k").value()).matches("[0-9A-F]{32}");
        assertThatIllegalArgumentException().isThrownBy(() -> new RefundNumber("a b"));
    }

    @Test
    void aRefundOfNothingIsNoRequest() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RefundRequested(new TradeNumber("T"), new RefundNumber("r"),
                new Payment(Providers.WECHAT, new TransactionId("X")), Money.ofFen(0), Funds.CREDITED, false, OPERATOR, "r"));
    }
}
