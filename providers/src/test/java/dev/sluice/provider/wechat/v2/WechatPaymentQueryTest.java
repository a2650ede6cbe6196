package dev.sluice.provider.wechat.v2;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.PaidAtBasis;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.TricklingGateway;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.ProviderResponse;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("zone")
class WechatPaymentQueryTest {
    private static final TradeNumber NUMBER = new TradeNumber("01JD8X2V9Y4Q6R8T0W2Z4B6D8F");
    private static final PaymentState PAID = new PaymentState.Paid(new TransactionId("4200001"), Money.ofFen(7300),
            Instant.parse("2026-11-22T08:00:00Z"));

    @Test
    void paidIsPaid() {
        assertThat(state(paid("SUCCESS"))).isEqualTo(PAID);
    }

    /// A payment of which the provider does not know when it was made is one all the same.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPaymentWithoutItsTimeHasTheTimeOfTheAnswer(boolean empty) {
        Map<String, String> answer = new HashMap<>(paid("SUCCESS"));
        answer.remove("time_end");
        if (empty) {
            answer.put("time_end", "");
        }
        Instant before = Clock.systemUTC().instant();

        assertThat(state(answer)).isInstanceOfSatisfying(PaymentState.Paid.class, paid -> {
            assertThat(paid.paidAt()).isBetween(before, Clock.systemUTC().instant());
            assertThat(paid.paidAtBasis()).isEqualTo(PaidAtBasis.RECEIPT);
            assertThat(paid.money()).isEqualTo(Money.ofFen(7300));
        });
    }

    /// All of it may be gone: what is left is answered by another query.
    @Test
    void aRefundIsNoPaymentToCredit() {
        assertThat(state(paid("REFUND"))).isEqualTo(new PaymentState.Refunded((PaymentState.Paid) PAID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOTPAY", "USERPAYING", "ACCEPT", "PAYERROR"})
    void theseCanStillBePaid(String state) {
        assertThat(state(Map.of("result_code", "SUCCESS", "out_trade_no", NUMBER.value(), "trade_state", state)))
                .isEqualTo(new PaymentState.Unpaid(state));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLOSED", "REVOKED"})
    void theseCannot(String state) {
        assertThat(state(Map.of("result_code", "SUCCESS", "out_trade_no", NUMBER.value(), "trade_state", state)))
                .isEqualTo(new PaymentState.Closed(state));
    }

    @Test
    void anOrderThatWasNeverMadeIsAbsentAndAnyOtherErrorTellsNothing() {
        assertThat(state(Map.of("result_code", "FAIL", "err_code", "ORDERNOTEXIST"))).isEqualTo(new PaymentState.Absent());
        assertThat(state(Map.of("result_code", "FAIL", "err_code", "SYSTEMERROR"))).isInstanceOf(PaymentState.Unknown.class);
        assertThat(state(Map.of("result_code", "FAIL"))).isInstanceOf(PaymentState.Unknown.class);
    }

    @Test
    void moneyThatCannotBeReadIsForAPersonAndNotUnpaid() {
        assertThat(state(Map.of("result_code", "SUCCESS", "out_trade_no", NUMBER.value(), "trade_state", "REFUND")))
                .isInstanceOf(PaymentState.Unclear.class);
        assertThat(state(Map.of("result_code", "SUCCESS", "out_trade_no", NUMBER.value(), "trade_state", "NEW_STATE")))
                .isInstanceOf(PaymentState.Unclear.class);
        assertThat(state(with(paid("SUCCESS"), "total_fee", "73.00"))).isInstanceOf(PaymentState.Unclear.class);
    }

    @Test
    void anAnswerAboutAnotherOrderOrAccountTellsNothing() {
        assertThat(state(with(paid("SUCCESS"), "out_trade_no", "ANOTHER"))).isInstanceOf(PaymentState.Unknown.class);
        assertThat(state(with(paid("SUCCESS"), "mch_id", "1"))).isInstanceOf(PaymentState.Unknown.class);
    }

    @Test
    void anAnswerThatIsNotSignedTellsNothingAndIsKeptAllTheSame() {
        String forged = WechatTill.signed(paid("SUCCESS")).replace("7300", "1");

        var heard = query(forged);

        assertThat(heard.answer()).isEqualTo(new PaymentState.Unknown("the answer is not signed by the provider"));
        assertThat(heard.body()).isEqualTo(forged.getBytes(StandardCharsets.UTF_8));
        assertThat(query("<xml><return_code>FAIL</return_code><return_msg>busy</return_msg></xml>").answer())
                .isInstanceOf(PaymentState.Unknown.class);
    }

    @Test
    void asksTheOtherHostTheSameWhenOneIsAway() {
        List<Map<String, String>> asked = new ArrayList<>();
        var away = new FakeGateway(request -> "");
        away.close();
        try (var other = new FakeGateway(request -> {
            asked.add(WechatTill.asked(request));
            return WechatTill.signed(paid("SUCCESS"));
        }); var query = WechatTill.speaking(away.uri(), other.uri())) {
            assertThat(query.query().query(NUMBER).answer()).isEqualTo(PAID);
        }
        assertThat(asked).singleElement().satisfies(fields -> assertThat(fields).containsEntry("out_trade_no", NUMBER.value()));
    }

    @Test
    void asksTheOtherHostWhenOneDoesNotAnswerInTime() throws Exception {
        try (var slow = new TricklingGateway();
                var other = new FakeGateway(request -> WechatTill.signed(paid("SUCCESS")));
                var query = WechatTill.speaking(slow.uri(), other.uri())) {
            assertThat(query.query().query(NUMBER).answer()).isEqualTo(PAID);
        }
    }

    @Test
    void anAnswerOfTheFirstHostIsAnAnswer() {
        List<String> asked = new ArrayList<>();
        try (var first = new FakeGateway(request -> WechatTill.signed(Map.of("result_code", "FAIL", "err_code", "SYSTEMERROR")));
                var other = new FakeGateway(request -> {
                    asked.add(request);
                    return "";
                });
                var query = WechatTill.speaking(first.uri(), other.uri())) {
            assertThat(query.query().query(NUMBER).answer()).isInstanceOf(PaymentState.Unknown.class);
        }
        assertThat(asked).isEmpty();
    }

    private static Map<String, String> paid(String state) {
        return Map.of("result_code", "SUCCESS", "out_trade_no", NUMBER.value(), "trade_state", state, "transaction_id", "4200001",
                "total_fee", "7300", "cash_fee", "7000", "time_end", "20261122160000");
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> changed = new HashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    private static PaymentState state(Map<String, String> answer) {
        return query(WechatTill.signed(answer)).answer();
    }

    private static ProviderResponse<PaymentState> query(String answer) {
        try (var gateway = new FakeGateway(request -> answer); var query = WechatTill.speaking(gateway.uri())) {
            return query.query().query(NUMBER);
        }
    }
}
