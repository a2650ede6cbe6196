package dev.sluice.provider.alipay;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.Orders;
import dev.sluice.provider.payment.CloseResult;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.RefundState;

import static org.assertj.core.api.Assertions.assertThat;

/// Alipay signs an answer's content and not the name of its operation. So a party between Alipay and us can send a captured answer back under
/// another name, and it must be of use only for what it was signed for.
class AlipayReplayedAnswerTest {
    private static final TradeNumber NUMBER = Orders.anyOrder().tradeNumber();
    private static final String OURS = "\"out_trade_no\":\"" + NUMBER + "\"";
    private static final String OF_PRECREATE = success("\"qr_code\":\"https://qr.alipay.com/bax1\"");
    private static final String UNPAID = success("\"trade_status\":\"WAIT_BUYER_PAY\"");
    private static final String PAID = success(
            "\"trade_no\":\"1\",\"trade_status\":\"TRADE_SUCCESS\",\"total_amount\":\"73.00\",\"send_pay_date\":\"2026-11-22 16:00:00\"");
    private static final String ABSENT = failure("ACQ.TRADE_NOT_EXIST", OURS + ",\"total_amount\":\"0.00\"");
    private static final String OF_REFUND = success(
            "\"out_request_no\":\"R-1\",\"refund_status\":\"REFUND_SUCCESS\",\"refund_amount\":\"1.00\",\"total_amount\":\"73.00\"");

    static Stream<String> notOfAClose() {
        return Stream.of(OF_PRECREATE, UNPAID, PAID, ABSENT, OF_REFUND);
    }

    @ParameterizedTest
    @MethodSource("notOfAClose")
    void anAnswerToAnotherQuestionClosesNothing(String node) {
        assertThat(close(node)).isInstanceOfSatisfying(CloseResult.Unknown.class,
                unknown -> assertThat(unknown.why()).startsWith("the answer is to another question: it has "));
    }

    static Stream<String> notOfARefund() {
        return Stream.of(OF_PRECREATE, UNPAID, PAID);
    }

    @ParameterizedTest
    @MethodSource("notOfARefund")
    void anAnswerToAnotherQuestionTellsOfNoRefund(String node) {
        try (var gateway = new FakeGateway(_ -> AlipayTill.signed("fastpay_refund_query", node));
                var alipay = AlipayTill.speaking(gateway.uri())) {
            assertThat(alipay.refunds().query(NUMBER, Money.ofFen(7300), List.of("R-1")).answer())
                    .isInstanceOfSatisfying(RefundState.Unknown.class,
                            unknown -> assertThat(unknown.why()).startsWith("the answer is to another question: it has "));
        }
    }

    static Stream<String> notOfAQuery() {
        return Stream.of(OF_PRECREATE, OF_REFUND);
    }

    @ParameterizedTest
    @MethodSource("notOfAQuery")
    void anAnswerToAnotherQuestionIsNoPayment(String node) {
        assertThat(query(node)).isInstanceOf(PaymentState.Unknown.class);
    }

    static Stream<String> notOfAPrecreate() {
        return Stream.of(UNPAID, PAID, ABSENT, OF_REFUND);
    }

    @ParameterizedTest
    @MethodSource("notOfAPrecreate")
    void anAnswerToAnotherQuestionEndsNoOrder(String node) {
        assertThat(create(node)).isInstanceOf(QrAnswer.Unknown.class);
    }

    /// A refusal that names an order is about that order.
    @Test
    void anotherOrdersAbsenceIsNotOurs() {
        assertThat(query(ABSENT)).isEqualTo(new PaymentState.Absent());
        assertThat(query(failure("ACQ.TRADE_NOT_EXIST", "\"out_trade_no\":\"ANOTHER\""))).isInstanceOf(PaymentState.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACQ.TRADE_NOT_EXIST", "ACQ.REASON_TRADE_STATUS_INVALID"})
    void anotherOrdersRefusalToCloseIsNotOurs(String code) {
        assertThat(close(failure(code, OURS))).isNotInstanceOf(CloseResult.Unknown.class);
        assertThat(close(failure(code, "\"out_trade_no\":\"ANOTHER\""))).isInstanceOf(CloseResult.Unknown.class);
    }

    @Test
    void anotherOrdersRefusedCodeIsNotOurs() {
        assertThat(create(failure("ACQ.INVALID_PARAMETER", OURS))).isInstanceOf(QrAnswer.Refused.class);
        assertThat(create(failure("ACQ.INVALID_PARAMETER", "\"out_trade_no\":\"ANOTHER\""))).isInstanceOf(QrAnswer.Unknown.class);
    }

    private static String success(String more) {
        return "{\"code\":\"10000\",\"msg\":\"Success\"," + OURS + "," + more + "}";
    }

    private static String failure(String code, String more) {
        return "{\"code\":\"40004\",\"msg\":\"Business Failed\",\"sub_code\":\"" + code + "\"," + more + "}";
    }

    private static CloseResult close(String node) {
        try (var gateway = new FakeGateway(_ -> AlipayTill.signed("close", node)); var alipay = AlipayTill.speaking(gateway.uri())) {
            return alipay.closing().close(NUMBER).answer();
        }
    }

    private static PaymentState query(String node) {
        try (var gateway = new FakeGateway(_ -> AlipayTill.signed("query", node)); var alipay = AlipayTill.speaking(gateway.uri())) {
            return alipay.query().query(NUMBER).answer();
        }
    }

    private static QrAnswer create(String node) {
        try (var gateway = new FakeGateway(_ -> AlipayTill.signed("precreate", node)); var alipay = AlipayTill.speaking(gateway.uri())) {
            return alipay.qr().create(Orders.anyOrder()).answer();
        }
    }
}
