package dev.sluice.reconcile.refund;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sluice.event.RefundEvent.Arrival;
import dev.sluice.event.RefundEvent.Failure;
import dev.sluice.event.RefundEvent.RefundFailed;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.RefundSucceeded;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.reconcile.refund.SteppedRefunds.Payment;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// However a refund is interrupted, and whatever its provider answers: the payer is refunded once, and the reservation ends.
@ExtendWith(SharedSaga.class)
class RefundSagaIT {
    private static final Duration SECONDS = Duration.ofSeconds(15);
    private static final Duration HOUR = Duration.ofHours(1);

    private final SteppedRefunds saga;

    RefundSagaIT(SteppedRefunds saga) {
        this.saga = saga;
    }

    enum Killed {
        BETWEEN_MARK_AND_CALL, BETWEEN_CALL_AND_ANSWER, BETWEEN_ANSWER_AND_APPEND, BETWEEN_APPEND_AND_VIEW, NEVER
    }

    static Stream<Arguments> everywhere() {
        return both().flatMap(provider -> Stream.of(Killed.values()).map(killed -> Arguments.of(provider, killed)));
    }

    static Stream<Provider> both() {
        return Stream.of(Providers.WECHAT, Providers.ALIPAY);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void isRefundedOnceWhereverTheProcessDies(Provider provider, Killed killed) {
        Payment payment = saga.pay(provider);
        RefundReserved refund = saga.reserve(payment, "key", 300);

        kill(payment, killed);
        saga.run(payment, Duration.ofMinutes(15), SECONDS);

        assertSucceededOnce(payment, refund, 300);
    }

    private void kill(Payment payment, Killed killed) {
        var refunding = saga.connection(payment.provider()).refunding();
        switch (killed) {
            case BETWEEN_MARK_AND_CALL -> saga.claim(payment)
                    .forEach(each -> assertThat(saga.refunds.mark(each, saga.now(), refunding.rules().betweenRequests())).isTrue());
            case BETWEEN_CALL_AND_ANSWER -> saga.claim(payment).forEach(each -> {
                saga.refunds.mark(each, saga.now(), refunding.rules().betweenRequests());
                refunding.refund(each.order());
            });
            case BETWEEN_ANSWER_AND_APPEND -> {
                saga.dieBeforeAppending(true);
                for (int i = 0; i < 2; i++) {
                    saga.claim(payment).forEach(each -> {
                        try {
                            saga.inquiry.ask(each, refunding);
                        } catch (IllegalStateException died) {
                            assertThat(died).hasMessageContaining("killed");
                        }
                    });
                    saga.pass(SECONDS);
                }
                saga.dieBeforeAppending(false);
            }
            case BETWEEN_APPEND_AND_VIEW -> {
                for (int i = 0; i < 20; i++) {
                    saga.turn(payment);
                    saga.pass(SECONDS);
                }
                assertThat(saga.facts).as("appended again, as the view did not read it").hasSizeGreaterThan(1);
            }
            case NEVER -> {
            }
        }
    }

    /// The mark stands: a query decides, and not another request.
    @ParameterizedTest
    @MethodSource("both")
    void queriesFirstAfterARestart(Provider provider) {
        Payment payment = saga.pay(provider);
        RefundReserved refund = saga.reserve(payment, "key", 300);
        kill(payment, Killed.BETWEEN_CALL_AND_ANSWER);
        saga.pass(Limits.CLAIM);

        saga.turn(payment);
        saga.read();

        assertSucceededOnce(payment, refund, 300);
        assertThat(saga.distinct(payment, RefundSucceeded.class)).allSatisfy(succeeded -> assertThat(
                new String(succeeded.evidence().body(), StandardCharsets.UTF_8)).as("of a query").contains("refund_status"));
    }

    @ParameterizedTest
    @MethodSource("both")
    void aTimeOutThatRefundedIsFound(Provider provider) {
        Payment payment = saga.pay(provider);
        saga.faults(payment, "REFUND_UNANSWERED");
        RefundReserved refund = saga.reserve(payment, "key", 300);

        saga.run(payment, Duration.ofMinutes(15), SECONDS);

        assertSucceededOnce(payment, refund, 300);
    }

    @ParameterizedTest
    @MethodSource("both")
    void aTimeOutThatDidNotRefundIsRequestedAgain(Provider provider) {
        Payment payment = saga.pay(provider);
        saga.faults(payment, "REFUND_LOST");
        RefundReserved refund = saga.reserve(payment, "key", 300);
        saga.run(payment, Duration.ofMinutes(3), SECONDS);
        assertThat(saga.atProvider(payment)).isEmpty();
        assertThat(saga.state(refund)).as("the reservation stays").isEqualTo("DUE");

        saga.faults(payment);
        saga.run(payment, Duration.ofMinutes(30), SECONDS);

        assertSucceededOnce(payment, refund, 300);
    }

    @ParameterizedTest
    @MethodSource("both")
    void tenSystemErrorsLeadToOneRefund(Provider provider) {
        Payment payment = saga.pay(provider);
        saga.faults(payment, "REFUND_SYSTEM_ERRORS");
        RefundReserved refund = saga.reserve(payment, "key", 300);

        saga.run(payment, HOUR.multipliedBy(6), Duration.ofMinutes(1));

        assertSucceededOnce(payment, refund, 300);
    }

    @ParameterizedTest
    @MethodSource("both")
    void waitsForTheMerchantsBalance(Provider provider) {
        Payment payment = saga.pay(provider);
        saga.faults(payment, "REFUND_BALANCE_TOO_SMALL");
        RefundReserved refund = saga.reserve(payment, "key", 300);
        saga.run(payment, HOUR.multipliedBy(24), Duration.ofMinutes(10));
        assertThat(saga.measures().balance()).isEqualTo(1);
        assertThat(saga.state(refund)).isEqualTo("DUE");
        assertThat(saga.facts).isEmpty();

        saga.faults(payment);
        saga.run(payment, HOUR, Duration.ofMinutes(1));

        assertSucceededOnce(payment, refund, 300);
        assertThat(saga.measures()).isEqualTo(PendingRefunds.Measures.NONE);
    }

    /// The rest of the payment was refunded in the console.
    @ParameterizedTest
    @MethodSource("both")
    void aRefusalIsFinalWhenTheProviderKnowsNothingTwice(Provider provider) {
        Payment payment = saga.pay(provider);
        saga.refundInConsole(payment, 7000);
        saga.pass(Duration.ofMinutes(2));
        RefundReserved refund = saga.reserve(payment, "key", 301);
        saga.run(payment, Duration.ofMinutes(2), SECONDS);
        assertThat(saga.facts).as("not before two answers that are minutes apart").isEmpty();

        saga.run(payment, Duration.ofMinutes(3), SECONDS);

        assertThat(saga.distinct(payment, RefundFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.reason()).isEqualTo(Failure.REFUSED);
            assertThat(failed.code()).isIn("INVALID_REQUEST", "REASON_TRADE_REFUND_FEE_ERR");
            assertThat(failed.evidence().body()).as("the refusal").isNotEmpty();
        });
        assertThat(saga.state(refund)).isEqualTo("ENDED");
        assertThat(saga.atProvider(payment)).hasSize(1);
    }

    @Test
    void aClosedRefundFails() {
        Payment payment = saga.pay(Providers.WECHAT);
        saga.faults(payment, "REFUND_PROCESSING");
        RefundReserved refund = saga.reserve(payment, "key", 300);
        saga.run(payment, HOUR, Duration.ofMinutes(1));
        assertThat(saga.state(refund)).isEqualTo("DUE");

        saga.faults(payment, "REFUND_CLOSED");
        saga.run(payment, HOUR, Duration.ofMinutes(1));

        assertThat(saga.distinct(payment, RefundFailed.class)).singleElement()
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo(Failure.CLOSED));
        assertThat(saga.state(refund)).isEqualTo("ENDED");
    }

    /// Money that rests with WeChat Pay has left the merchant. It never comes back to the user's quota.
    @Test
    void aRefundThatRestsWithTheProviderSucceedsAndIsClosedLater() {
        Payment payment = saga.pay(Providers.WECHAT);
        saga.faults(payment, "REFUND_LEFT_AT_PROVIDER");
        RefundReserved refund = saga.reserve(payment, "key", 300);
        saga.run(payment, HOUR, Duration.ofMinutes(1));
        assertThat(saga.distinct(payment, RefundSucceeded.class)).singleElement()
                .satisfies(succeeded -> assertThat(succeeded.arrival()).isEqualTo(Arrival.PROVIDER));
        assertThat(saga.state(refund)).isEqualTo("LEFT");
        assertThat(saga.measures().left()).isEqualTo(1);

        saga.faults(payment);
        saga.run(payment, HOUR.multipliedBy(2), Duration.ofMinutes(1));

        assertThat(saga.distinct(payment, RefundSucceeded.class)).extracting(RefundSucceeded::arrival)
                .containsExactlyInAnyOrder(Arrival.PROVIDER, Arrival.PAYER);
        assertThat(saga.state(refund)).isEqualTo("ENDED");
    }

    @Test
    void alipaysAnswerWithoutAChangeOfFundsIsNotBelieved() {
        Payment payment = saga.pay(Providers.ALIPAY);
        saga.faults(payment, "REFUND_WITHOUT_FUND_CHANGE");
        RefundReserved refund = saga.reserve(payment, "key", 300);
        saga.turn(payment);
        assertThat(saga.facts).isEmpty();

        saga.run(payment, Duration.ofMinutes(5), SECONDS);

        assertSucceededOnce(payment, refund, 300);
    }

    private void assertSucceededOnce(Payment payment, RefundReserved refund, long fen) {
        assertSucceededOnce(saga, payment, refund, fen);
    }

    static void assertSucceededOnce(SteppedRefunds saga, Payment payment, RefundReserved refund, long fen) {
        assertThat(saga.atProvider(payment)).as("at the provider").containsExactly(refund.refundNumber() + " " + fen + " SUCCESS");
        assertThat(saga.distinct(payment, RefundSucceeded.class)).singleElement().satisfies(succeeded -> {
            assertThat(succeeded.money()).isEqualTo(Money.ofFen(fen));
            assertThat(succeeded.arrival()).isEqualTo(Arrival.PAYER);
            assertThat(succeeded.evidence().body()).as("the provider's answer").isNotEmpty();
        });
        assertThat(saga.distinct(payment, RefundFailed.class)).isEmpty();
        assertThat(saga.state(refund)).isEqualTo("ENDED");
    }
}
