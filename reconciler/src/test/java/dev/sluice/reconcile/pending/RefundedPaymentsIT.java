package dev.sluice.reconcile.pending;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.reconcile.FakeWechat.State;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// Payments without a notification of which something was refunded at the provider before a query found them.
@ExtendWith(SharedRows.class)
class RefundedPaymentsIT {
    private static final String ALIPAY_PAID = "\"trade_no\":\"2026112222001\",\"total_amount\":\"73.00\",\"send_pay_date\":\"2026-11-22 16:00:00\",\"trade_status\":";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private final SteppedReconciler reconciler;
    private final String trade = "R" + NUMBER.incrementAndGet();

    RefundedPaymentsIT(SteppedReconciler reconciler) {
        this.reconciler = reconciler;
    }

    @Test
    void whatWechatRefundedWhollyEndsTheOrderAndIsNotConfirmed() {
        place();
        refunded("SUCCESS 7300");

        ask();

        assertThat(closings()).containsExactly(refundedClosing());
        assertThat(confirmations()).isEmpty();
        assertThat(reconciler.answers(trade)).containsExactly("REFUNDS REFUNDED all of it");
        reconciler.read();
        assertThat(reconciler.pending()).isEmpty();
    }

    @Test
    void whatWechatRefundedInPartIsConfirmedWithTheAmount() {
        place();
        refunded("SUCCESS 1300", "REFUNDCLOSE 6000");

        ask();

        assertThat(confirmations()).singleElement().satisfies(payment -> {
            assertThat(payment.money()).isEqualTo(Money.ofFen(7300));
            assertThat(payment.refunded()).isEqualTo(Money.ofFen(1300));
        });
        assertThat(reconciler.answers(trade)).containsExactly("REFUNDS REFUNDED 13.00 CNY");
        assertThat(closings()).isEmpty();
    }

    @Test
    void whatNoRefundTookIsAnOrdinaryPayment() {
        place();
        refunded("REFUNDCLOSE 7300");

        ask();

        assertThat(confirmations()).singleElement().satisfies(payment -> assertThat(payment.refunded()).isEqualTo(Money.ofFen(0)));
    }

    @Test
    void aRefundThatIsUnderWayIsWaitedFor() {
        place();
        refunded("PROCESSING 7300");
        ask();
        ask();
        assertThat(confirmations()).isEmpty();
        assertThat(closings()).isEmpty();
        assertThat(reconciler.answers(trade)).as("kept once").containsExactly("REFUNDS UNKNOWN a refund is under way");

        refunded("SUCCESS 7300");
        ask();

        assertThat(closings()).containsExactly(refundedClosing());
    }

    /// Cancelled by an operator, and its code was paid and refunded all the same.
    @Test
    void aCancelledOrderEndsByItsRefundToo() {
        place();
        reconciler.log().append(new CancelRequested(new TradeNumber(trade), new UserId("9"), "why", "k"));
        refunded("SUCCESS 7300");
        reconciler.read();

        ask();
        reconciler.read();

        assertThat(closings()).containsExactly(refundedClosing());
        assertThat(reconciler.pending()).isEmpty();
    }

    /// A trade that is closed after a payment is wholly refunded, by Alipay's documents.
    @Test
    void whatAlipayClosedAfterAPaymentEndsTheOrder() {
        placeAtAlipay();
        reconciler.alipay().orders.put(trade, ALIPAY_PAID + "\"TRADE_CLOSED\"");

        ask();

        assertThat(closings()).containsExactly(refundedClosing());
        assertThat(confirmations()).isEmpty();
    }

    /// Alipay's trade stays TRADE_SUCCESS, and only its notification names the refund, in a form that may be escaped.
    @Test
    void aRefundThatANotificationNamedIsAskedAboutBeforeAPaymentIsConfirmed() {
        placeAtAlipay();
        reconciler.alipay().refunds.put("RF-" + trade, "3.00");
        notifiedOfARefund();

        assertThat(reconciler.turn()).as("at once").isEqualTo(1);

        assertThat(reconciler.alipay().calls).endsWith("query " + trade, "fastpay.refund.query RF-" + trade);
        assertThat(confirmations()).singleElement()
                .satisfies(payment -> assertThat(payment.refunded()).isEqualTo(Money.ofFen(300)));
    }

    /// The notification is genuine, so an answer that does not know the refund is no reason to credit the full amount.
    @Test
    void aNotifiedRefundThatItsProviderDoesNotKnowIsAskedAboutAgain() {
        placeAtAlipay();
        notifiedOfARefund();
        reconciler.turn();
        ask();
        assertThat(reconciler.alipay().calls).endsWith("query " + trade, "fastpay.refund.query RF-" + trade);
        assertThat(confirmations()).isEmpty();
        assertThat(closings()).isEmpty();

        reconciler.alipay().refunds.put("RF-" + trade, "0.00");
        askLater();
        assertThat(confirmations()).as("refunded nothing, against its notification").isEmpty();

        reconciler.alipay().refunds.put("RF-" + trade, "3.00");
        askLater();
        assertThat(confirmations()).singleElement()
                .satisfies(payment -> assertThat(payment.refunded()).isEqualTo(Money.ofFen(300)));
    }

    /// WeChat Pay's notification is encrypted, and the state of the order may not show the refund yet.
    @Test
    void aRefundThatWechatNotifiedIsAskedAboutBeforeAPaymentIsConfirmed() {
        place();
        reconciler.wechat().orders.put(trade, State.SUCCESS);
        notifiedOfAnEncryptedRefund();
        assertThat(reconciler.turn()).as("at once").isEqualTo(1);
        assertThat(reconciler.wechat().calls).endsWith("orderquery " + trade, "refundquery " + trade);
        assertThat(confirmations()).as("the refund is not listed yet").isEmpty();

        reconciler.wechat().refunds.put(trade, List.of("SUCCESS 7300"));
        ask();

        assertThat(closings()).containsExactly(refundedClosing());
        assertThat(confirmations()).isEmpty();
    }

    @Test
    void aRefundThatWechatNotifiedAndThatFailedLeavesAnOrdinaryPayment() {
        place();
        refunded("REFUNDCLOSE 7300");
        notifiedOfAnEncryptedRefund();

        reconciler.turn();

        assertThat(confirmations()).singleElement().satisfies(payment -> assertThat(payment.refunded()).isEqualTo(Money.ofFen(0)));
    }

    @Test
    void aBusinessNumberInANotificationDoesNotDelayAPayment() {
        placeAtAlipay();
        reconciler.alipay().orders.put(trade, ALIPAY_PAID + "\"TRADE_SUCCESS\"");
        reconciler.log().append(notification(Providers.ALIPAY, NotificationVerdict.UNCLEAR,
                "out_trade_no=" + trade + "&trade_status=TRADE_SUCCESS&out_biz_no=B-" + trade + "&refund_fee=0.00"));
        reconciler.read();

        reconciler.turn();

        assertThat(reconciler.alipay().calls).endsWith("query " + trade);
        assertThat(confirmations()).singleElement().satisfies(payment -> assertThat(payment.refunded()).isEqualTo(Money.ofFen(0)));
    }

    @Test
    void aRefundThatOnlyAForgedNotificationNamedIsNotAskedAbout() {
        placeAtAlipay();
        reconciler.alipay().orders.put(trade, ALIPAY_PAID + "\"TRADE_SUCCESS\"");
        reconciler.log().append(notification(Providers.ALIPAY, NotificationVerdict.FORGED,
                "out_trade_no=" + trade + "&out_biz_no=RF-" + trade + "&refund_fee=3.00"));
        reconciler.read();

        assertThat(reconciler.turn()).as("not at once").isZero();
        ask();

        assertThat(reconciler.alipay().calls).endsWith("query " + trade);
        assertThat(confirmations()).singleElement().satisfies(payment -> assertThat(payment.refunded()).isEqualTo(Money.ofFen(0)));
    }

    /// It may be about money: the provider is asked at once.
    @Test
    void aNotificationThatIsNotUnderstoodIsAQuestionAtOnce() {
        place();
        reconciler.wechat().orders.put(trade, State.SUCCESS);
        reconciler.log().append(notification(Providers.WECHAT, NotificationVerdict.UNCLEAR,
                "<xml><out_trade_no><![CDATA[" + trade + "]]></out_trade_no></xml>"));
        reconciler.read();

        assertThat(reconciler.turn()).isEqualTo(1);

        assertThat(confirmations()).hasSize(1);
    }

    private Notification notification(Provider provider, NotificationVerdict verdict, String body) {
        return Notification.whole("N-" + trade, provider, reconciler.now(), "/api/" + provider + "/notify", "127.0.0.1",
                Map.<String, List<String>>of(), body.getBytes(StandardCharsets.UTF_8), trade, verdict, "");
    }

    private void place() {
        reconciler.log().append(reconciler.order(trade, 1));
        reconciler.read();
    }

    private void placeAtAlipay() {
        reconciler.log().append(reconciler.orderAtAlipay(trade, 1));
        reconciler.read();
    }

    private void notifiedOfARefund() {
        reconciler.alipay().orders.put(trade, ALIPAY_PAID + "\"TRADE_SUCCESS\"");
        reconciler.log().append(notification(Providers.ALIPAY, NotificationVerdict.NOT_A_PAYMENT,
                "out_trade_no=" + trade + "&trade_status=TRADE_SUCCESS&out_biz_no=RF%2D" + trade + "&refund_fee=3.00"));
        reconciler.read();
    }

    private void notifiedOfAnEncryptedRefund() {
        reconciler.log().append(notification(Providers.WECHAT, NotificationVerdict.NOT_A_PAYMENT,
                "<xml><return_code>SUCCESS</return_code><mch_id>1900000001</mch_id><req_info><![CDATA[T8iZ]]></req_info></xml>"));
        reconciler.read();
    }

    private void refunded(String... statesAndFen) {
        reconciler.wechat().orders.put(trade, State.REFUND);
        reconciler.wechat().refunds.put(trade, List.of(statesAndFen));
    }

    private void ask() {
        reconciler.pass(Duration.ofSeconds(31));
        reconciler.turn();
    }

    /// After several answers without information.
    private void askLater() {
        reconciler.pass(Duration.ofMinutes(10));
        reconciler.turn();
    }

    private List<OrderClosed> closings() {
        return reconciler.events(trade, OrderClosed.class);
    }

    private List<PaymentConfirmed> confirmations() {
        return reconciler.events(trade, PaymentConfirmed.class);
    }

    /// Says that a notification of the payment that comes later is to be held, whatever the setting is and whatever closed the order before.
    /// That the ledger then holds it is shown by its own tests.
    private OrderClosed refundedClosing() {
        return new OrderClosed(new TradeNumber(trade), CloseReason.REFUNDED, LatePayment.HOLD);
    }
}
