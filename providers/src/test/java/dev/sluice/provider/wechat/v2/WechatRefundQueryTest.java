package dev.sluice.provider.wechat.v2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.payment.RefundState;

import static org.assertj.core.api.Assertions.assertThat;

class WechatRefundQueryTest {
    private static final TradeNumber NUMBER = new TradeNumber("01JD8X2V9Y4Q6R8T0W2Z4B6D8F");
    private static final Money PAID = Money.ofFen(7300);

    @Test
    void sumsTheRefundsThatArrived() {
        assertThat(state(refunds("SUCCESS 7300"))).isEqualTo(new RefundState.Whole());
        assertThat(state(refunds("SUCCESS 7000", "SUCCESS 300"))).isEqualTo(new RefundState.Whole());
        assertThat(state(refunds("SUCCESS 1", "REFUNDCLOSE 7299"))).isEqualTo(new RefundState.Partly(Money.ofFen(1)));
        assertThat(state(refunds("REFUNDCLOSE 7300", "FAIL 1"))).as("the money is all there").isEqualTo(new RefundState.None());
    }

    /// The payer's card is gone, and the merchant owes the money by another way.
    @Test
    void aRefundThatIsFinishedByHandIsNoMoneyToCredit() {
        assertThat(state(refunds("CHANGE 7300"))).isEqualTo(new RefundState.Whole());
    }

    @Test
    void aRefundThatIsUnderWayIsAskedAboutAgain() {
        assertThat(state(refunds("SUCCESS 100", "PROCESSING 100"))).isEqualTo(new RefundState.Unknown("a refund is under way"));
    }

    @Test
    void asksForThePagesThatFollow() {
        List<Map<String, String>> asked = new ArrayList<>();
        try (var gateway = new FakeGateway(request -> {
            asked.add(WechatTill.asked(request));
            return WechatTill.signed(with(refunds("SUCCESS 100", "SUCCESS 200"), "total_refund_count", "3"));
        }); var wechat = WechatTill.speaking(gateway.uri())) {
            assertThat(wechat.refunds().query(NUMBER, PAID, List.of()).answer()).isEqualTo(new RefundState.Partly(Money.ofFen(600)));
        }
        assertThat(asked.stream().map(fields -> fields.getOrDefault("offset", "-"))).containsExactly("-", "2");
        assertThat(asked).allSatisfy(fields -> assertThat(fields).containsEntry("out_trade_no", NUMBER.value()));
    }

    @Test
    void endsThoughAPageNeverComes() {
        assertThat(state(with(refunds(), "total_refund_count", "3"))).isEqualTo(new RefundState.None());
        assertThat(state(with(refunds("SUCCESS 1", "SUCCESS 1"), "total_refund_count", "1000"))).isInstanceOf(RefundState.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NEW_STATUS 100", "SUCCESS 1.00", "SUCCESS ", "SUCCESS 999999999999999999"})
    void aListThatIsNotUnderstoodTellsNothing(String refund) {
        Map<String, String> answer = refunds(refund.endsWith(" ") ? refund + "-" : refund, "SUCCESS 999999999999999999",
                "SUCCESS 999999999999999999", "SUCCESS 999999999999999999", "SUCCESS 999999999999999999", "SUCCESS 999999999999999999",
                "SUCCESS 999999999999999999", "SUCCESS 999999999999999999", "SUCCESS 999999999999999999", "SUCCESS 999999999999999999");

        assertThat(state(answer)).isInstanceOf(RefundState.Unknown.class);
    }

    @Test
    void anyOtherAnswerTellsNothing() {
        assertThat(state(Map.of("result_code", "FAIL", "err_code", "REFUNDNOTEXIST"))).isInstanceOf(RefundState.Unknown.class);
        assertThat(state(Map.of("result_code", "FAIL", "err_code", "SYSTEMERROR"))).isInstanceOf(RefundState.Unknown.class);
        assertThat(state(with(refunds("SUCCESS 7300"), "out_trade_no", "ANOTHER"))).isInstanceOf(RefundState.Unknown.class);
        assertThat(state(with(refunds(), "refund_count", "-1"))).isInstanceOf(RefundState.Unknown.class);
        assertThat(query(WechatTill.signed(refunds("SUCCESS 7300")).replace("7300", "1"))).as("not signed")
                .isInstanceOf(RefundState.Unknown.class);
    }

    private static Map<String, String> refunds(String... statesAndFen) {
        Map<String, String> fields = new HashMap<>(Map.of("result_code", "SUCCESS", "out_trade_no", NUMBER.value(), "refund_count",
                Integer.toString(statesAndFen.length), "total_fee", "7300", "transaction_id", "4200001"));
        for (int i = 0; i < statesAndFen.length; i++) {
            String[] refund = statesAndFen[i].split(" ", 2);
            fields.put("refund_status_" + i, refund[0]);
            fields.put("refund_fee_" + i, refund[1]);
        }
        return fields;
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        fields.put(name, value);
        return fields;
    }

    private static RefundState state(Map<String, String> answer) {
        return query(WechatTill.signed(answer));
    }

    private static RefundState query(String answer) {
        try (var gateway = new FakeGateway(request -> answer); var wechat = WechatTill.speaking(gateway.uri())) {
            return wechat.refunds().query(NUMBER, PAID, List.of()).answer();
        }
    }
}
