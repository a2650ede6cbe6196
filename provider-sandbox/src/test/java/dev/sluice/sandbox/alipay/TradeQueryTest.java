package dev.sluice.sandbox.alipay;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.TestFaults;
import dev.sluice.sandbox.trade.Scan;
import dev.sluice.sandbox.trade.Trade;

import static org.assertj.core.api.Assertions.assertThat;

class TradeQueryTest {
    private static final String QUERY = "alipay.trade.query";

    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aTradeDoesNotExistUntilItsCodeIsScanned() {
        gateway.code("T_1", "");

        JsonNode answer = query("T_1");

        assertThat(answer.path("code").asString()).isEqualTo("40004");
        assertThat(answer.path("sub_code").asString()).isEqualTo("ACQ.TRADE_NOT_EXIST");
        assertThat(answer.path("total_amount").asString()).isEqualTo("0.00");
        assertThat(answer.has("trade_status")).isFalse();
    }

    @Test
    void aScannedTradeWaitsForItsPayer() {
        assertThat(gateway.trades.open(gateway.code("T_1", ""))).isInstanceOf(Scan.Accepted.class);

        JsonNode answer = query("T_1");

        assertThat(answer.path("trade_status").asString()).isEqualTo("WAIT_BUYER_PAY");
        assertThat(answer.path("total_amount").asString()).isEqualTo("7.30");
        assertThat(answer.path("receipt_amount").asString()).isEqualTo("0.00");
        assertThat(answer.has("send_pay_date")).isFalse();
    }

    @Test
    void describesAPaidTrade() {
        Trade paid = paid("T_1");

        JsonNode answer = query("T_1");

        assertThat(answer.path("code").asString()).isEqualTo("10000");
        assertThat(answer.path("trade_status").asString()).isEqualTo("TRADE_SUCCESS");
        assertThat(answer.path("trade_no").asString()).isEqualTo(paid.transactionId());
        assertThat(answer.path("out_trade_no").asString()).isEqualTo("T_1");
        for (String amount : new String[]{"total_amount", "receipt_amount", "buyer_pay_amount", "invoice_amount"}) {
            assertThat(answer.path(amount).asString()).isEqualTo("7.30");
        }
        assertThat(answer.path("point_amount").asString()).isEqualTo("0.00");
        assertThat(answer.path("send_pay_date").asString()).isEqualTo("2026-11-20 10:00:00");
        assertThat(answer.path("buyer_logon_id").asString()).contains("***");
        assertThat(answer.path("buyer_user_id").asString()).startsWith("2088");
        assertThat(answer.path("fund_bill_list").toString()).isEqualTo("[{\"fund_channel\":\"ALIPAYACCOUNT\",\"amount\":\"7.30\"}]");
    }

    @Test
    void theTradeNumberWinsOverTheMerchantsNumber() {
        Trade paid = paid("T_1");
        paid("T_2");

        assertThat(gateway.ask(QUERY, "trade_no", paid.transactionId()).path("out_trade_no").asString()).isEqualTo("T_1");
        assertThat(gateway.ask(QUERY, Map.of("trade_no", paid.transactionId(), "out_trade_no", "T_2")).path("out_trade_no").asString())
                .isEqualTo("T_1");
    }

    @Test
    void aTradeUnpaidAtItsEndIsClosedUnlessACashierIsOpen() {
        String open = gateway.code("T_open", "");
        String left = gateway.code("T_left", "");
        assertThat(gateway.trades.open(open)).isInstanceOf(Scan.Accepted.class);
        assertThat(gateway.trades.open(left)).isInstanceOf(Scan.Accepted.class);
        assertThat(gateway.trades.leave(left)).isTrue();

        gateway.clock.advance(PrecreateTerms.TRADE_LIFE.minusMillis(1));
        assertThat(status("T_left")).isEqualTo("WAIT_BUYER_PAY");
        gateway.clock.advance(Duration.ofMillis(1));

        assertThat(status("T_left")).isEqualTo("TRADE_CLOSED");
        assertThat(status("T_open")).isEqualTo("WAIT_BUYER_PAY");
        assertThat(gateway.trades.pay(open)).isInstanceOf(Scan.Accepted.class);
        assertThat(status("T_open")).isEqualTo("TRADE_SUCCESS");
        assertThat(gateway.trades.unacknowledged()).isEmpty();
    }

    @Test
    void refusesAQueryForNothing() {
        assertThat(gateway.ask(QUERY, "subject", "x").path("sub_code").asString()).isEqualTo("ACQ.INVALID_PARAMETER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"out_trade_no\":1}"})
    void refusesAContentItCannotRead(String content) {
        Map<String, String> call = gateway.unsigned(QUERY, JsonMapper.shared().createObjectNode());
        call.put("biz_content", content);

        assertThat(gateway.answer(TestGateway.sign(call))).contains("isv.invalid-parameter");
    }

    @Test
    void reportsOneFenLessWhereTheAmountIsWrong() {
        paid("T_wrong");
        paid("T_right");
        TestFaults.forOrder(gateway.faults, "T_wrong", Fault.WRONG_AMOUNT);

        assertThat(query("T_wrong").path("total_amount").asString()).isEqualTo("7.29");
        assertThat(query("T_right").path("total_amount").asString()).isEqualTo("7.30");
    }

    @Test
    void signsWronglyWhereThatIsOn() {
        Trade paid = paid("T_wrong");
        TestFaults.forOrder(gateway.faults, "T_wrong", Fault.WRONGLY_SIGNED_RESPONSES);

        assertThat(TestGateway.signed(gateway.asked(QUERY, Map.of("trade_no", paid.transactionId())))).isFalse();
        for (String method : new String[]{QUERY, "alipay.trade.close", "alipay.trade.precreate"}) {
            assertThat(TestGateway.signed(gateway.asked(method, Map.of("out_trade_no", "T_wrong")))).isFalse();
            assertThat(TestGateway.signed(gateway.asked(method, Map.of("out_trade_no", "T_other")))).isTrue();
        }
    }

    private JsonNode query(String number) {
        return gateway.ask(QUERY, "out_trade_no", number);
    }

    private String status(String number) {
        return query(number).path("trade_status").asString();
    }

    private Trade paid(String number) {
        return ((Scan.Accepted) gateway.trades.pay(gateway.code(number, ""))).trade();
    }
}
