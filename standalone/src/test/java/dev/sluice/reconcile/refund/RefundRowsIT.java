package dev.sluice.reconcile.refund;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sluice.event.RefundEvent.RefundApproved;
import dev.sluice.event.RefundEvent.RefundDeclined;
import dev.sluice.event.RefundEvent.RefundFound;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.RefundSucceeded;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.reconcile.refund.SteppedRefunds.Payment;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// Which refunds are requested when, and which are found.
@ExtendWith(SharedSaga.class)
class RefundRowsIT {
    private static final Duration SECONDS = Duration.ofSeconds(15);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final UserId OPERATOR = new UserId("op");

    private final SteppedRefunds saga;

    RefundRowsIT(SteppedRefunds saga) {
        this.saga = saga;
    }

    static Stream<Provider> both() {
        return Stream.of(Providers.WECHAT, Providers.ALIPAY);
    }

    @ParameterizedTest
    @MethodSource("both")
    void refundsOfOnePaymentKeepTheProvidersDistance(Provider provider) {
        Payment payment = saga.pay(provider);
        List<RefundReserved> parts = Stream.of("a", "b", "c").map(key -> saga.reserve(payment, key, 1000)).toList();

        saga.turn(payment);
        assertThat(saga.atProvider(payment)).hasSize(1);
        saga.run(payment, Duration.ofMinutes(15), SECONDS);

        assertThat(saga.atProvider(payment)).hasSize(3).allMatch(each -> each.endsWith(" 1000 SUCCESS"));
        assertThat(saga.distinct(payment, RefundSucceeded.class)).hasSize(3);
        assertThat(parts).allSatisfy(part -> assertThat(saga.state(part)).isEqualTo("ENDED"));
    }

    @Test
    void oneInstanceAtATimeHasARefund() {
        Payment payment = saga.pay(Providers.WECHAT);
        saga.reserve(payment, "key", 300);

        assertThat(saga.claim(payment)).hasSize(1);
        assertThat(saga.claim(payment)).as("the other instance").isEmpty();
        saga.pass(Limits.CLAIM);
        assertThat(saga.claim(payment)).as("after the first one died").hasSize(1);
    }

    /// The decision may stand before the reservation in the log, and the first one counts.
    @Test
    void aRefundThatNeedsApprovalWaitsForTheFirstDecision() {
        Payment payment = saga.pay(Providers.WECHAT);
        RefundReserved waiting = saga.reserve(payment, "waiting", 100, true);
        saga.run(payment, HOUR, Duration.ofMinutes(5));
        assertThat(saga.state(waiting)).isEqualTo("AWAITING_APPROVAL");
        RefundNumber early = RefundNumber.of(payment.order(), "early");
        saga.apply(new RefundDeclined(payment.order(), early, OPERATOR, "no"), saga.now());
        saga.apply(new RefundApproved(payment.order(), early, OPERATOR, "yes"), saga.now());
        RefundReserved declined = saga.reserve(payment, "early", 200, true);

        saga.apply(new RefundApproved(payment.order(), waiting.refundNumber(), OPERATOR, "yes"), saga.now());
        saga.run(payment, HOUR, Duration.ofMinutes(1));

        RefundSagaIT.assertSucceededOnce(saga, payment, waiting, 100);
        assertThat(saga.state(declined)).isEqualTo("ENDED");
    }

    /// A view that is rebuilt knows no marks.
    @Test
    void aReservationOfThePastIsQueriedFirst() {
        Payment payment = saga.pay(Providers.ALIPAY);
        RefundReserved refund = saga.reserve(payment, "key", 300);
        saga.turn(payment);
        saga.clear();
        saga.pass(Duration.ofMinutes(5));

        saga.apply(refund, saga.now().minus(Duration.ofMinutes(5)));
        assertThat(saga.turn(payment)).as("the rest of the log is read before").isZero();
        saga.pass(Limits.WAIT_FOR_HISTORY);
        saga.turn(payment);
        saga.read();

        assertThat(saga.distinct(payment, RefundSucceeded.class)).as("by the first answer").hasSize(1);
        RefundSagaIT.assertSucceededOnce(saga, payment, refund, 300);
    }

    @ParameterizedTest
    @MethodSource("both")
    void aRefundInTheConsoleIsFoundOnce(Provider provider) {
        Payment payment = saga.pay(provider);
        saga.confirm(Facts.payment(payment.order().value(), payment.transaction().value(), SteppedRefunds.PAID, provider,
                payment.merchant()));
        RefundReserved ours = saga.reserve(payment, "key", 300);
        saga.run(payment, Duration.ofMinutes(5), SECONDS);
        saga.refundInConsole(payment, 500);
        String number = saga.atProvider(payment).getLast().split(" ", -1)[0];

        for (int i = 0; i < 3; i++) {
            saga.notifyOf(payment, provider.equals(Providers.WECHAT)
                    ? "<xml><return_code>SUCCESS</return_code><req_info><![CDATA[T8iZ]]></req_info></xml>"
                    : "out_trade_no=" + payment.order() + "&out_biz_no=" + number + "&refund_fee=8.00");
            saga.look(payment);
            saga.read();
        }

        assertThat(saga.facts.stream().filter(RefundFound.class::isInstance)).as("appended once").hasSize(1);
        assertThat(saga.distinct(payment, RefundFound.class)).singleElement().satisfies(found -> {
            assertThat(found.refundNumber().value()).isEqualTo(number).isNotEqualTo(ours.refundNumber().value());
            assertThat(found.money()).isEqualTo(Money.ofFen(500));
            assertThat(found.payment().transactionId()).isEqualTo(payment.transaction());
        });
    }
}
