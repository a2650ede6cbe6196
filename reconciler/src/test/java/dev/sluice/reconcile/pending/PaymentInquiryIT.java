package dev.sluice.reconcile.pending;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.reconcile.FakeWechat.State;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// What becomes of an order by its provider's answers.
@ExtendWith(SharedRows.class)
class PaymentInquiryIT {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private final SteppedReconciler reconciler;
    private final String trade = "T-" + NUMBER.incrementAndGet();

    PaymentInquiryIT(SteppedReconciler reconciler) {
        this.reconciler = reconciler;
    }

    /// The provider knows the order only later, as an order that was just placed on another of its machines.
    @Test
    void aPaymentIsFoundThoughTheFirstAnswersSayThatThereIsNoOrder() {
        place();
        reconciler.wechat().orders.put(trade, State.ABSENT);
        after(Duration.ofSeconds(30));
        after(Duration.ofSeconds(30));
        assertThat(reconciler.answers(trade)).containsExactly("QUERY ABSENT");

        reconciler.wechat().orders.put(trade, State.SUCCESS);
        after(Duration.ofSeconds(60));

        assertThat(reconciler.events(trade, PaymentConfirmed.class)).singleElement()
                .satisfies(payment -> assertThat(payment.refunded()).isEqualTo(Money.ofFen(0)));
        reconciler.read();
        assertThat(reconciler.pending()).isEmpty();
    }

    /// Alipay knows no order before its code is scanned.
    @Test
    void aPaymentIsFoundThoughAlipaysFirstAnswersSayThatThereIsNoTrade() {
        reconciler.log().append(reconciler.orderAtAlipay(trade, 1));
        reconciler.read();
        after(Duration.ofSeconds(30));
        after(Duration.ofSeconds(30));
        assertThat(reconciler.alipay().calls).endsWith("query " + trade, "query " + trade);
        assertThat(reconciler.answers(trade)).containsExactly("QUERY ABSENT");

        reconciler.alipay().orders.put(trade,
                "\"trade_no\":\"2026112222001\",\"total_amount\":\"73.00\",\"trade_status\":\"TRADE_SUCCESS\","
                        + "\"send_pay_date\":\"2026-11-22 16:00:00\"");
        after(Duration.ofSeconds(60));

        assertThat(reconciler.events(trade, PaymentConfirmed.class)).singleElement()
                .satisfies(payment -> assertThat(payment.transactionId()).hasToString("2026112222001"));
        assertThat(reconciler.events(trade, OrderClosed.class)).isEmpty();
    }

    /// The payer closed the page, paid, and the notification is lost.
    @Test
    void aPaymentIsFoundHalfAMinuteAfterTheOrderThoughItsPageIsClosed() {
        place();
        reconciler.open(trade);
        after(Duration.ofSeconds(3));
        reconciler.pass(Duration.ofSeconds(22));
        reconciler.wechat().orders.put(trade, State.SUCCESS);

        after(Duration.ofSeconds(5));

        assertThat(reconciler.events(trade, PaymentConfirmed.class)).hasSize(1);
    }

    /// A page asks every few seconds; an answer that repeats the last one is counted, not kept.
    @Test
    void keepsOnlyAnswersThatSaySomethingNew() {
        place();
        reconciler.open(trade);
        for (int question = 0; question < 10; question++) {
            after(Duration.ofSeconds(4));
            reconciler.open(trade);
        }
        assertThat(reconciler.answers(trade)).containsExactly("QUERY UNPAID NOTPAY");

        reconciler.wechat().orders.put(trade, State.ABSENT);
        after(Duration.ofSeconds(10));
        reconciler.wechat().orders.put(trade, State.NOTPAY);
        after(Duration.ofMinutes(31));

        assertThat(reconciler.answers(trade)).containsExactly("QUERY UNPAID NOTPAY", "QUERY ABSENT", "QUERY UNPAID NOTPAY", "CLOSE CLOSED");
    }

    /// Whoever checks an order sees an answer of now, also when it says the same as the one before.
    @Test
    void theNextAnswerAfterACheckIsKeptThoughItSaysNothingNew() {
        place();
        reconciler.open(trade);
        after(Duration.ofSeconds(4));
        for (int check = 1; check <= 2; check++) {
            reconciler.log().append(new CheckRequested(new TradeNumber(trade), Providers.WECHAT, SteppedReconciler.WECHAT_ACCOUNT,
                    reconciler.now(), reconciler.now().plus(Facts.EXPIRY), new UserId("1"), "the payer reports a payment", "k" + check));
            reconciler.read();
            after(Duration.ofSeconds(1));
        }
        reconciler.open(trade);
        after(Duration.ofSeconds(4));

        assertThat(reconciler.answers(trade)).containsExactly("QUERY UNPAID NOTPAY", "QUERY UNPAID NOTPAY", "QUERY UNPAID NOTPAY");
    }

    /// The order's fact comes back through the log: while the view is paused, the same answer must not be appended every 40 seconds.
    @Test
    void whileTheViewIsPausedWhatEndedIsAskedAboutLessAndLessOften() {
        place();
        reconciler.wechat().orders.put(trade, State.SUCCESS);
        String closing = "CLOSING-" + trade;
        reconciler.log().append(reconciler.order(closing, 2));
        reconciler.read();
        reconciler.wechat().orders.put(closing, State.CLOSED);

        for (int second = 0; second < 2 * 3600; second += 40) {
            after(Duration.ofSeconds(40));
        }

        assertThat(reconciler.events(trade, PaymentConfirmed.class)).hasSizeBetween(2, 12);
        assertThat(reconciler.events(closing, OrderClosed.class)).hasSizeBetween(2, 12);
        reconciler.read();
        assertThat(reconciler.pending()).isEmpty();
    }

    /// The transaction is another order's, and no second outcome follows: each answer would append the confirmation again, for ever.
    @Test
    void aPaymentThatIsAnotherOrdersIsNotConfirmedAgain() {
        place();
        reconciler.wechat().orders.put(trade, State.SUCCESS);
        after(Duration.ofSeconds(30));
        PaymentConfirmed payment = reconciler.events(trade, PaymentConfirmed.class).getFirst();
        reconciler.log().append(Facts.held(trade, payment.transactionId().value(), payment.money(), HoldReason.TRANSACTION_REUSED));
        reconciler.read();
        reconciler.wechat().calls.clear();

        for (int minute = 0; minute < 120; minute += 10) {
            after(Duration.ofMinutes(10));
            reconciler.read();
        }

        assertThat(reconciler.events(trade, PaymentConfirmed.class)).hasSize(1);
        assertThat(reconciler.answers(trade)).containsExactly("QUERY PAID");
        assertThat(reconciler.wechat().calls).hasSizeBetween(4, 12);
        assertThat(reconciler.pending()).containsExactly(trade + " NONE");
        reconciler.wechat().orders.put(trade, State.CLOSED);
        after(Duration.ofMinutes(30));
        reconciler.read();
        assertThat(reconciler.pending()).isEmpty();
    }

    /// An operator has a credited order checked: its provider answers once.
    @Test
    void aPaymentThatIsCreditedIsConfirmedOnceMoreForACheck() {
        place();
        reconciler.wechat().orders.put(trade, State.SUCCESS);
        after(Duration.ofSeconds(30));
        PaymentConfirmed payment = reconciler.events(trade, PaymentConfirmed.class).getFirst();
        reconciler.log().append(Facts.credited(trade, payment.transactionId().value(), 1, 5));
        reconciler.read();
        reconciler.log().append(new CheckRequested(new TradeNumber(trade), payment.provider(), payment.merchant(), reconciler.now(),
                reconciler.now().plus(Facts.EXPIRY), new UserId("9"), "why", "k"));
        reconciler.read();

        after(Duration.ofSeconds(1));
        reconciler.read();

        assertThat(reconciler.events(trade, PaymentConfirmed.class)).hasSize(2);
        assertThat(reconciler.rows().jdbc().sql("select count(*) from recon.pending").query(Long.class).single()).isZero();
    }

    /// The same while an operator's cancellation was appended, and the code lives on with its page open.
    @Test
    void whileTheViewIsPausedACancellationIsNotAppendedWithEachQuestion() {
        place();
        reconciler.log().append(new CancelRequested(new TradeNumber(trade), new UserId("9"), "why", "k"));
        reconciler.read();
        reconciler.open(trade);

        for (int second = 0; second < 120; second += 4) {
            after(Duration.ofSeconds(4));
            reconciler.open(trade);
        }

        assertThat(reconciler.events(trade, OrderClosed.class)).hasSizeBetween(1, 3);
    }

    /// An order that was cancelled and then closed at its provider is gone from the rows by facts alone.
    @Test
    void aViewThatIsRebuiltHasTheSameRows() {
        place();
        String open = "OPEN-" + trade;
        String young = "YOUNG-" + trade;
        reconciler.log().append(reconciler.order(open, 2));
        reconciler.log().append(new CancelRequested(new TradeNumber(trade), new UserId("9"), "why", "k"));
        reconciler.read();
        after(Duration.ofSeconds(1));
        reconciler.read();
        after(Duration.ofMinutes(6));
        reconciler.log().append(reconciler.order(young, 3));
        reconciler.log().append(new CancelRequested(new TradeNumber(young), new UserId("9"), "why", "k"));
        reconciler.read();
        after(Duration.ofSeconds(1));
        reconciler.read();
        List<String> before = reconciler.pending();
        assertThat(before).containsExactly(open + " NONE", young + " ENDED");

        reconciler.rebuild();

        assertThat(reconciler.pending()).filteredOn(row -> row.contains(trade)).isEqualTo(before);
        assertThat(reconciler.events(trade, OrderClosed.class)).extracting(OrderClosed::reason)
                .containsExactly(CloseReason.CANCELLED, CloseReason.PROVIDER_CLOSED);
    }

    /// It is asked about every half hour, and only its repetition is new.
    @Test
    void anOrderThatItsProviderDoesNotCloseCostsAQuestionEachHalfHour() {
        place();
        reconciler.wechat().orders.put(trade, State.NOT_CLOSABLE);
        reconciler.pass(Duration.ofDays(2));
        after(Duration.ZERO);
        for (int i = 0; i < 12; i++) {
            after(Limits.LONGEST_RETRY_OVERDUE);
        }
        reconciler.wechat().calls.clear();

        for (int minute = 0; minute < 24 * 60; minute += 10) {
            after(Duration.ofMinutes(10));
        }

        assertThat(reconciler.wechat().calls).filteredOn(call -> call.equals("orderquery " + trade)).hasSizeBetween(45, 49);
        assertThat(reconciler.answers(trade)).containsExactly("QUERY UNPAID NOTPAY", "CLOSE UNKNOWN TRADE_STATE_ERROR");
        assertThat(reconciler.rows().orders().measure(List.of(), reconciler.now()).overdue()).isEqualTo(1);
    }

    @Test
    void aClosingOfTheProvidersOwnEndsTheOrder() {
        place();
        reconciler.wechat().orders.put(trade, State.CLOSED);

        after(Duration.ofSeconds(30));

        assertThat(reconciler.events(trade, OrderClosed.class))
                .containsExactly(new OrderClosed(new TradeNumber(trade), CloseReason.EXPIRED, LatePayment.CREDIT));
    }

    private void place() {
        reconciler.log().append(reconciler.order(trade, 1));
        reconciler.read();
    }

    private void after(Duration time) {
        reconciler.pass(time);
        reconciler.turn();
    }
}
