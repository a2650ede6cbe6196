package dev.sluice.credit.ledger;

import java.util.Currency;

import org.junit.jupiter.api.Test;

import dev.sluice.credit.ledger.LedgerBatch.OrderClosure;
import dev.sluice.event.HoldReason;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.UserId;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class JudgementTest {
    private static final ExpectedOrder EXPECTED = new ExpectedOrder(new UserId("42"), Providers.WECHAT, Facts.MERCHANT, Money.ofFen(7300),
            new Quota(5_000_000), null, false);
    private static final OrderClosure CREDIT = new OrderClosure(LatePayment.CREDIT, false, Facts.AT);
    private static final OrderClosure HOLD = new OrderClosure(LatePayment.HOLD, false, Facts.AT);
    private static final OrderClosure REFUNDED = new OrderClosure(LatePayment.HOLD, true, Facts.AT);

    @Test
    void creditsWhatFitsItsOrder() {
        assertThat(Judgement.of(Facts.payment("T", "X", 7300), EXPECTED, false))
                .isEqualTo(new Judgement.Credit(new UserId("42"), new Quota(5_000_000), false));
    }

    @Test
    void holdsWhatDoesNot() {
        assertHeld(Facts.payment("T", "X", 7299), HoldReason.AMOUNT_MISMATCH);
        assertHeld(Facts.payment("T", "X", 7301), HoldReason.AMOUNT_MISMATCH);
        assertHeld(payment(new Money(7300, Currency.getInstance("HKD")), Providers.WECHAT, Facts.MERCHANT), HoldReason.AMOUNT_MISMATCH);
        assertHeld(payment(Money.ofFen(7300), Providers.ALIPAY, Facts.MERCHANT), HoldReason.PROVIDER_MISMATCH);
        assertHeld(payment(Money.ofFen(7300), Providers.WECHAT, new Merchant(Facts.MERCHANT.appId(), "1900000002")),
                HoldReason.PROVIDER_MISMATCH);
        assertHeld(payment(Money.ofFen(7300), Providers.WECHAT, new Merchant("wx2", "1900000001")), HoldReason.PROVIDER_MISMATCH);
    }

    @Test
    void holdsWhatWasRefundedInPartBeforeItWasKnown() {
        assertThat(Judgement.of(Facts.partlyRefunded("T", "X", 7300, 1), EXPECTED, false)).isEqualTo(held(HoldReason.PARTLY_REFUNDED, 1));
        assertThat(Judgement.of(Facts.partlyRefunded("T", "X", 7299, 1), EXPECTED, false)).isEqualTo(held(HoldReason.AMOUNT_MISMATCH, 1));
        assertThat(Judgement.of(Facts.partlyRefunded("T", "X", 7300, 1), null, false)).isEqualTo(held(HoldReason.UNKNOWN_ORDER, 1));
        assertThat(Judgement.of(Facts.partlyRefunded("T", "X", 7300, 0), EXPECTED, false)).isInstanceOf(Judgement.Credit.class);
    }

    @Test
    void holdsWhatWeNeverAskedFor() {
        assertThat(Judgement.of(Facts.payment("T", "X", 7300), null, false)).isEqualTo(held(HoldReason.UNKNOWN_ORDER, 0));
    }

    @Test
    void creditsOrHoldsLateMoneyAsTheClosingSaid() {
        assertThat(Judgement.of(Facts.payment("T", "X", 7300), EXPECTED.closedBy(CREDIT), false))
                .isEqualTo(new Judgement.Credit(new UserId("42"), new Quota(5_000_000), true));
        assertThat(Judgement.of(Facts.payment("T", "X", 7300), EXPECTED.closedBy(HOLD), false))
                .isEqualTo(held(HoldReason.LATE_PAYMENT, 0));
        assertThat(EXPECTED.closedBy(HOLD).closedBy(CREDIT)).as("the first closing counts")
                .isEqualTo(EXPECTED.closedBy(HOLD));
        assertThat(EXPECTED.closedBy(CREDIT).closedBy(HOLD)).isEqualTo(EXPECTED.closedBy(CREDIT));
        assertThat(EXPECTED.closedBy(CREDIT).closedBy(REFUNDED)).as("except after a refund").isEqualTo(EXPECTED.closedBy(REFUNDED))
                .isEqualTo(EXPECTED.closedBy(REFUNDED).closedBy(CREDIT));
    }

    /// An order has one payment at its own provider.
    @Test
    void nothingIsLeftOfAPaymentThatWasWhollyRefunded() {
        ExpectedOrder order = EXPECTED.closedBy(CREDIT).closedBy(REFUNDED);

        assertThat(Judgement.of(Facts.payment("T", "X", 7300), order, false)).isEqualTo(held(HoldReason.LATE_PAYMENT, 7300));
        assertThat(Judgement.of(Facts.payment("T", "X", 7299), order, false)).isEqualTo(held(HoldReason.AMOUNT_MISMATCH, 7299));
        assertThat(Judgement.of(payment(Money.ofFen(7300), Providers.ALIPAY, Facts.MERCHANT), order, false)).as("not that payment")
                .isEqualTo(held(HoldReason.PROVIDER_MISMATCH, 0));
    }

    @Test
    void holdsASecondPayment() {
        assertThat(Judgement.of(Facts.payment("T", "X2", 7300), EXPECTED, true))
                .isEqualTo(held(HoldReason.DUPLICATE_PAYMENT, 0));
    }

    /// A release credits no order, so the right payment finds it as it was.
    @Test
    void whatAPersonReleasedTakesNothingFromTheRightPayment() {
        assertThat(Judgement.of(Facts.payment("T", "X2", 7300), EXPECTED, false)).isInstanceOf(Judgement.Credit.class);
        assertThat(Judgement.of(Facts.payment("T", "X2", 7300), EXPECTED.closedBy(HOLD), false))
                .as("late money is late however often it comes").isEqualTo(held(HoldReason.LATE_PAYMENT, 0));
    }

    private static PaymentConfirmed payment(Money money, Provider provider, Merchant merchant) {
        return Facts.payment("T", "X", money, provider, merchant);
    }

    private static void assertHeld(PaymentConfirmed payment, HoldReason reason) {
        assertThat(Judgement.of(payment, EXPECTED, false)).isInstanceOfSatisfying(Judgement.Hold.class,
                hold -> assertThat(hold.reason()).isEqualTo(reason));
    }

    private static Judgement.Hold held(HoldReason reason, long refundedFen) {
        return new Judgement.Hold(reason, Money.ofFen(refundedFen));
    }
}
