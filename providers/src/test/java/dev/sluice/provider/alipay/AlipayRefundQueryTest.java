package dev.sluice.provider.alipay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.Vectors;
import dev.sluice.provider.alipay.refund.AlipayRefundQuery;
import dev.sluice.provider.payment.RefundState;

import static org.assertj.core.api.Assertions.assertThat;

class AlipayRefundQueryTest {
    /// A real answer of Alipay's sandbox, about a refund of all.
    private static final String REAL = Vectors.get("ali_sync_responses.items.alipay_trade_fastpay_refund_query_response.node");
    private static final TradeNumber NUMBER = new TradeNumber("1703141270");
    private static final String REFUND = "1703141270";

    @Test
    void readsARealAnswer() {
        assertThat(state(REAL, Money.ofFen(1))).isEqualTo(new RefundState.Whole());
        assertThat(state(REAL, Money.ofFen(730))).isEqualTo(new RefundState.Partly(Money.ofFen(1)));
    }

    /// A notification named it, so the answer does not overrule that.
    @Test
    void aNamedRefundWithoutAStatusIsUnknown() {
        assertThat(state("{\"code\":\"10000\",\"msg\":\"Success\"}", Money.ofFen(730))).isInstanceOf(RefundState.Unknown.class);
    }

    @Test
    void aSumThatLacksANamedRefundIsUnknown() {
        try (var gateway = new FakeGateway(request -> AlipayTill.signed("fastpay_refund_query",
                request.contains("R-1") ? node("R-1", "1.50") : "{\"code\":\"10000\",\"msg\":\"Success\"}"));
                var alipay = AlipayTill.speaking(gateway.uri())) {
            assertThat(alipay.refunds().query(NUMBER, Money.ofFen(730), List.of("R-1", "R-2")).answer())
                    .isInstanceOf(RefundState.Unknown.class);
        }
    }

    @Test
    void sumsTheRefundsThatNotificationsNamed() {
        try (var gateway = new FakeGateway(request -> AlipayTill.signed("fastpay_refund_query",
                node(request.contains("R-1") ? "R-1" : "R-2", "1.50"))); var alipay = AlipayTill.speaking(gateway.uri())) {
            var response = alipay.refunds().query(NUMBER, Money.ofFen(730), List.of("R-1", "R-2"));

            assertThat(response.answer()).isEqualTo(new RefundState.Partly(Money.ofFen(300)));
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).as("both answers are evidence").contains("R-1", "R-2");
            assertThat(alipay.refunds().query(NUMBER, Money.ofFen(300), List.of("R-1", "R-2")).answer())
                    .isEqualTo(new RefundState.Whole());
        }
    }

    /// A question about an order ends while the order is the caller's, however slow Alipay is, and the next one continues there.
    @Test
    void manyRefundsAreAskedAboutInSeveralTurns() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        try (var gateway = new FakeGateway(request -> {
            String refund = request.contains("R-1") ? "R-1" : request.contains("R-2") ? "R-2" : "R-3";
            asked.add(refund);
            return AlipayTill.signed("fastpay_refund_query", node(refund, "1.50"));
        }); var client = new AlipayClient(AlipayTill.at(gateway.uri()))) {
            var query = new AlipayRefundQuery(client, Duration.ZERO);
            List<String> refunds = List.of("R-1", "R-2", "R-3");

            assertThat(query.query(NUMBER, Money.ofFen(730), refunds).answer()).isInstanceOf(RefundState.Unknown.class);
            assertThat(query.query(NUMBER, Money.ofFen(730), refunds).answer()).isInstanceOf(RefundState.Unknown.class);
            var last = query.query(NUMBER, Money.ofFen(730), refunds);

            assertThat(last.answer()).isEqualTo(new RefundState.Partly(Money.ofFen(450)));
            assertThat(new String(last.body(), StandardCharsets.UTF_8)).as("all answers are evidence").contains("R-1", "R-2", "R-3");
            assertThat(asked).containsExactly("R-1", "R-2", "R-3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"code\":\"20000\",\"sub_code\":\"isp.unknow-error\"}",
            "{\"code\":\"40004\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\"}", "{}",
            "{\"code\":\"10000\",\"out_trade_no\":\"ANOTHER\",\"out_request_no\":\"1703141270\",\"refund_status\":\"REFUND_SUCCESS\",\"refund_amount\":\"0.01\"}",
            "{\"code\":\"10000\",\"out_trade_no\":\"1703141270\",\"out_request_no\":\"ANOTHER\",\"refund_status\":\"REFUND_SUCCESS\",\"refund_amount\":\"0.01\"}",
            "{\"code\":\"10000\",\"out_trade_no\":\"1703141270\",\"out_request_no\":\"1703141270\",\"refund_status\":\"NEW\",\"refund_amount\":\"0.01\"}",
            "{\"code\":\"10000\",\"out_trade_no\":\"1703141270\",\"out_request_no\":\"1703141270\",\"refund_status\":\"REFUND_SUCCESS\"}"})
    void anyOtherAnswerTellsNothing(String node) {
        assertThat(state(node, Money.ofFen(1))).isInstanceOf(RefundState.Unknown.class);
    }

    @Test
    void anAnswerThatIsNotSignedTellsNothing() {
        try (var gateway = new FakeGateway(request -> "{\"alipay_trade_fastpay_refund_query_response\":" + REAL + "}");
                var alipay = AlipayTill.speaking(gateway.uri())) {
            assertThat(alipay.refunds().query(NUMBER, Money.ofFen(1), List.of(REFUND)).answer())
                    .isInstanceOf(RefundState.Unknown.class);
        }
    }

    /// As the message was read when it was verified: the number is a parameter's value, however it is escaped, and no part of another's.
    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {"trade_status=TRADE_SUCCESS&out_biz_no=R-1&refund_fee=1.50,R-1",
            "out_biz_no=R%2d1.%E9%80%80&refund_fee=1.50,R-1.退", "out%5Fbiz%5Fno=R1&gmt_refund=2026-11-22,R1",
            "subject=%26out_biz_no=R-1&x_out_biz_no=R&refund_fee=1.50,none", "out_biz_no=&refund_fee=,none",
            "out_biz_no=R-1&out_biz_no=R-2&refund_fee=1.50,none", "out_biz_no=R%00&refund_fee=1.50,none"})
    void aRefundNotificationNamesItsRefund(String body, @Nullable String refund) {
        assertThat(new AlipayNotificationFormat().refund(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(Optional.ofNullable(refund));
    }

    /// The number of a plain payment would be asked about as of a refund, and Alipay does not know it.
    @ParameterizedTest
    @ValueSource(strings = {"trade_status=TRADE_SUCCESS&out_biz_no=B-1", "out_biz_no=B-1&refund_fee=0.00", "out_biz_no=B-1&gmt_refund="})
    void aBusinessNumberAloneNamesNoRefund(String body) {
        assertThat(new AlipayNotificationFormat().refund(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    /// Alipay knows a refund that was requested without a number by the number of its trade.
    @ParameterizedTest
    @CsvSource({"out_trade_no=T-1&refund_fee=1.50, T-1", "out_trade_no=T-1&out_biz_no=&refund_fee=0.01&sign=a, T-1",
            "gmt_refund=2026-11-22+16%3A00%3A00.1&out_trade_no=T-1, T-1", "refund_fee=1.50&out_trade_no=T-1&out_biz_no=R-1, R-1",
            "out_trade_no=T-1&refund_fee=0.00, ", "out_trade_no=T-1&refund_fee=0&gmt_refund=, ", "refund_fee=1.50, ",
            "out_trade_no=T-1&x_refund_fee=1.50&subject=%26refund_fee=1.50, "})
    void aRefundNotificationWithoutANumberNamesItsTrade(String body, @Nullable String refund) {
        assertThat(new AlipayNotificationFormat().refund(body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Optional.ofNullable(refund));
    }

    private static String node(String refund, String yuan) {
        return "{\"code\":\"10000\",\"msg\":\"Success\",\"out_request_no\":\"%s\",\"out_trade_no\":\"%s\",\"refund_amount\":\"%s\",\"refund_status\":\"REFUND_SUCCESS\"}"
                .formatted(refund, NUMBER, yuan);
    }

    private static RefundState state(String node, Money paid) {
        try (var gateway = new FakeGateway(request -> AlipayTill.signed("fastpay_refund_query", node));
                var alipay = AlipayTill.speaking(gateway.uri())) {
            return alipay.refunds().query(NUMBER, paid, List.of(REFUND)).answer();
        }
    }
}
