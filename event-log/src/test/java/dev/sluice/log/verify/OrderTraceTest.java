package dev.sluice.log.verify;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.RefundEvent.Funds;
import dev.sluice.event.RefundEvent.Paid;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.RefundEvent.QuotaReturned;
import dev.sluice.event.RefundEvent.QuotaTaken;
import dev.sluice.event.RefundEvent.RefundRequested;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.Reservation;
import dev.sluice.event.Resolution;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.log.verify.Violation.Promise;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// A planted violation of each kind is found, and nothing else.
class OrderTraceTest {
    private static final TopUpEvent ORDER = Facts.order("T", 1, 100, 10);
    private static final TopUpEvent PAYMENT = Facts.payment("T", "P", 100);
    private static final TopUpEvent CREDIT = Facts.credited("T", "P", 1, 10);
    private static final TopUpEvent HELD = Facts.held("T", "P", Money.ofFen(100), HoldReason.LATE_PAYMENT);
    private static final UserId USER = new UserId("1");

    @Test
    void ordinaryOrdersKeepThePromises() {
        assertThat(found(ORDER, PAYMENT, CREDIT)).isEmpty();
        assertThat(found(ORDER, PAYMENT, PAYMENT, CREDIT, CREDIT, ORDER)).as("all of it again").isEmpty();
        assertThat(found(ORDER, PAYMENT, HELD, resolved(10), Facts.released("T", "P", 1, 10))).isEmpty();
        assertThat(found(PAYMENT, HELD)).as("an unknown order").isEmpty();
        assertThat(found(ORDER, PAYMENT, CREDIT, requested("R1"), reserved("R1", 40, 4), requested("R2"), reserved("R2", 60, 6))).isEmpty();
    }

    @Test
    void aPaymentWithoutAnOutcomeIsFound() {
        assertThat(found(ORDER, PAYMENT)).containsExactly(Promise.G1);
    }

    @Test
    void aSecondCreditIsFound() {
        assertThat(found(ORDER, PAYMENT, CREDIT, Facts.credited("T", "P", 1, 10))).containsExactly(Promise.G1);
        assertThat(found(ORDER, PAYMENT, HELD, CREDIT)).as("of a held payment").containsExactly(Promise.G1);
        assertThat(found(ORDER, PAYMENT, CREDIT, HELD)).as("held after its credit").containsExactly(Promise.G1);
    }

    @Test
    void aCreditWithoutAFittingPaymentIsFound() {
        assertThat(found(ORDER, CREDIT)).containsExactly(Promise.G2);
        assertThat(found(ORDER, Facts.payment("T", "P", 99), CREDIT)).as("another amount").contains(Promise.G2);
        assertThat(found(ORDER, PAYMENT, Facts.credited("T", "P", 2, 10))).as("another user").containsExactly(Promise.G2);
        assertThat(found(ORDER, PAYMENT, Facts.credited("T", "P", 1, 11))).as("another quota").containsExactly(Promise.G2);
        assertThat(found(ORDER, PAYMENT, HELD, resolved(9), Facts.released("T", "P", 1, 10))).as("not as decided")
                .containsExactly(Promise.G2);
        assertThat(found(HELD)).as("held without a payment").containsExactly(Promise.G2);
    }

    @Test
    void anOrderAfterItsPaymentIsFound() {
        assertThat(found(PAYMENT, HELD, ORDER)).containsExactly(Promise.G6);
        assertThat(found(new OrderClosed(new TradeNumber("T"), CloseReason.EXPIRED, LatePayment.CREDIT))).containsExactly(Promise.G6);
    }

    @Test
    void refundsThatExceedTheirPaymentAreFound() {
        assertThat(found(ORDER, PAYMENT, CREDIT, reserved("R", 40, 4))).as("nobody requested it").containsExactly(Promise.G2);
        assertThat(found(ORDER, PAYMENT, CREDIT, requested("R1"), reserved("R1", 60, 6), requested("R2"), reserved("R2", 60, 4)))
                .containsExactly(Promise.G2);
        assertThat(found(ORDER, PAYMENT, CREDIT, requested("R1"), reserved("R1", 40, 6), requested("R2"), reserved("R2", 60, 5)))
                .containsExactly(Promise.G5);
    }

    @Test
    void quotaThatMovesWithoutTheEndOfItsRefundIsFound() {
        var number = number("R");
        assertThat(found(ORDER, PAYMENT, CREDIT, requested("R"), reserved("R", 40, 4),
                new QuotaTaken(new TradeNumber("T"), number, USER, new Quota(4), new Quota(6), UUID.randomUUID())))
                .containsExactly(Promise.G5);
        assertThat(found(ORDER, PAYMENT, CREDIT, requested("R"), reserved("R", 40, 4),
                new QuotaReturned(new TradeNumber("T"), number, USER, new Quota(4), new Quota(10), UUID.randomUUID())))
                .containsExactly(Promise.G5);
    }

    private static RefundNumber number(String name) {
        return new RefundNumber(name);
    }

    private static TopUpEvent requested(String name) {
        return new RefundRequested(new TradeNumber("T"), number(name), new Payment(Providers.WECHAT, new TransactionId("P")),
                Money.ofFen(1), Funds.CREDITED, false, new UserId("9"), "a reason");
    }

    private static TopUpEvent reserved(String name, long fen, long quota) {
        return new RefundReserved(new TradeNumber("T"), number(name),
                new Paid(Providers.WECHAT, Facts.MERCHANT, new TransactionId("P"), Money.ofFen(100)), Money.ofFen(fen),
                new Reservation.OfQuota(USER, new Quota(quota), new Quota(1), UUID.randomUUID()), false, "a reason");
    }

    private static TopUpEvent resolved(long quota) {
        return new HoldResolved(new TradeNumber("T"), Providers.WECHAT, new TransactionId("P"),
                new Resolution.Credit(USER, new Quota(quota)), new UserId("9"), "a reason", "k");
    }

    private static List<Promise> found(TopUpEvent... facts) {
        Findings findings = new Findings();
        OrderTrace order = new OrderTrace(findings);
        for (int i = 0; i < facts.length; i++) {
            order.apply(facts[i], Facts.AT, "sluice.events/0/" + i, false);
        }
        order.end("T", Facts.AT.plusSeconds(3600));
        return findings.first().stream().map(Violation::promise).distinct().toList();
    }

    @Test
    void aPaymentThatCameAMomentAgoWaits() {
        Findings findings = new Findings();
        OrderTrace order = new OrderTrace(findings);
        order.apply(ORDER, Facts.AT, "0", false);
        order.apply(PAYMENT, Facts.AT, "1", false);

        assertThat(order.end("T", Facts.AT.plusSeconds(60))).isEqualTo(1);
        assertThat(findings.first()).isEmpty();
    }
}
