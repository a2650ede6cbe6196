package dev.sluice.provider.alipay;

import java.time.Clock;
import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.PaidAtBasis;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.payment.PaymentState;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("zone")
class AlipayPaymentQueryTest {
    private static final TradeNumber NUMBER = new TradeNumber("01JD8X2V9Y4Q6R8T0W2Z4B6D8F");
    private static final PaymentState PAID = new PaymentState.Paid(new TransactionId("2026112222001"), Money.ofFen(7300),
            Instant.parse("2026-11-22T08:00:00Z"));
    private static final String ABSENT = "{\"code\":\"40004\",\"msg\":\"Business Failed\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\",\"out_trade_no\":\"01JD8X2V9Y4Q6R8T0W2Z4B6D8F\",\"total_amount\":\"0.00\"}";

    @ParameterizedTest
    @ValueSource(strings = {"TRADE_SUCCESS", "TRADE_FINISHED"})
    void theseArePaid(String status) {
        assertThat(state(paid(status))).isEqualTo(PAID);
    }

    /// A payment of which the provider does not know when it was made is one all the same.
    @ParameterizedTest
    @ValueSource(strings = {"", ",\"send_pay_date\":\"\""})
    void aPaymentWithoutItsTimeHasTheTimeOfTheAnswer(String date) {
        Instant before = Clock.systemUTC().instant();

        assertThat(state(node("TRADE_SUCCESS", ",\"trade_no\":\"2026112222001\",\"total_amount\":\"73.00\"" + date)))
                .isInstanceOfSatisfying(PaymentState.Paid.class, paid -> {
                    assertThat(paid.paidAt()).isBetween(before, Clock.systemUTC().instant());
                    assertThat(paid.paidAtBasis()).isEqualTo(PaidAtBasis.RECEIPT);
                    assertThat(paid.money()).isEqualTo(Money.ofFen(7300));
                });
    }

    @Test
    void closedMeansEitherGivenBackInFullOrNeverPaid() {
        assertThat(state(paid("TRADE_CLOSED"))).as("it says when it was paid")
                .isEqualTo(new PaymentState.RefundedWhole("TRADE_CLOSED after a payment"));
        assertThat(state(node("TRADE_CLOSED", ""))).isEqualTo(new PaymentState.Closed("TRADE_CLOSED"));
    }

    @Test
    void waitingIsUnpaidAndAnUnknownTradeIsAbsent() {
        assertThat(state(node("WAIT_BUYER_PAY", ""))).isEqualTo(new PaymentState.Unpaid("WAIT_BUYER_PAY"));
        assertThat(state(ABSENT)).isEqualTo(new PaymentState.Absent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"code\":\"20000\",\"sub_code\":\"isp.unknow-error\"}",
            "{\"code\":\"40004\",\"sub_code\":\"ACQ.SYSTEM_ERROR\"}",
            "{\"code\":\"40002\",\"sub_code\":\"isv.invalid-signature\"}", "{\"code\":\"20000\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\"}",
            "{\"code\":\"10000\",\"out_trade_no\":\"ANOTHER\",\"trade_status\":\"TRADE_SUCCESS\"}", "{}"})
    void otherCodesTellNothing(String node) {
        assertThat(state(node)).isInstanceOf(PaymentState.Unknown.class);
    }

    @Test
    void moneyThatCannotBeReadIsForAPersonAndNotUnpaid() {
        assertThat(state(node("TRADE_SUCCESS", ""))).isInstanceOf(PaymentState.Unclear.class);
        assertThat(state(node("NEW_STATUS", ""))).isInstanceOf(PaymentState.Unclear.class);
    }

    /// The SDK lets failures through without a signature: whoever sits between could make orders vanish.
    @Test
    void anAbsenceThatIsNotSignedTellsNothing() {
        try (var gateway = new FakeGateway(request -> "{\"alipay_trade_query_response\":" + ABSENT + "}")) {
            assertThat(query(gateway))
                    .isEqualTo(new PaymentState.Unknown("the answer is not signed by the provider: 40004 ACQ.TRADE_NOT_EXIST"));
        }
    }

    @Test
    void anAnswerToAnotherQuestionTellsNothing() {
        try (var gateway = new FakeGateway(request -> AlipayTill.signed("close", paid("TRADE_SUCCESS")))) {
            assertThat(query(gateway)).isInstanceOf(PaymentState.Unknown.class);
        }
    }

    private static String paid(String status) {
        return node(status,
                ",\"trade_no\":\"2026112222001\",\"total_amount\":\"73.00\",\"buyer_pay_amount\":\"70.00\",\"send_pay_date\":\"2026-11-22 16:00:00\"");
    }

    private static String node(String status, String more) {
        return "{\"code\":\"10000\",\"msg\":\"Success\",\"out_trade_no\":\"" + NUMBER + "\",\"trade_status\":\"" + status + "\"" + more
                + "}";
    }

    private static PaymentState state(String node) {
        try (var gateway = new FakeGateway(request -> AlipayTill.signed("query", node))) {
            return query(gateway);
        }
    }

    private static PaymentState query(FakeGateway gateway) {
        try (var query = AlipayTill.speaking(gateway.uri())) {
            return query.query().query(NUMBER).answer();
        }
    }
}
