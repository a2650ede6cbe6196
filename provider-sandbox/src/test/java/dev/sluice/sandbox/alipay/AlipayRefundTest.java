package dev.sluice.sandbox.alipay;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.TestFaults;

import static org.assertj.core.api.Assertions.assertThat;

class AlipayRefundTest {
    private static final String ORDER = "ORDER_1";

    private final TestGateway gateway = new TestGateway();

    @BeforeEach
    void pay() {
        gateway.trades.pay(gateway.code(ORDER, ""));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void refundsAPartAndReportsTheSumOfAll() {
        assertThat(refund("R1", "2.30").path("fund_change").asString()).isEqualTo("Y");
        passTime();
        JsonNode second = refund("R2", "1.00");

        assertThat(second.path("refund_fee").asString()).as("the sum").isEqualTo("3.30");
        assertThat(query("R2").path("refund_amount").asString()).as("this one").isEqualTo("1.00");
        assertThat(query("R2").path("refund_status").asString()).isEqualTo("REFUND_SUCCESS");
        assertThat(trade().path("trade_status").asString()).isEqualTo("TRADE_SUCCESS");
    }

    @Test
    void aRepeatedNumberIsOneRefund() {
        refund("R1", "2.30");

        assertThat(refund("R1", "2.30").path("fund_change").asString()).as("money moved in the first call").isEqualTo("N");
        assertThat(refund("R1", "2.31").path("sub_code").asString()).isEqualTo("ACQ.DISCORDANT_REPEAT_REQUEST");
        assertThat(refund("R1", "2.30").path("refund_fee").asString()).isEqualTo("2.30");
    }

    @Test
    void aWholeRefundClosesTheTrade() {
        refund("R1", "7.30");

        assertThat(trade().path("trade_status").asString()).isEqualTo("TRADE_CLOSED");
        assertThat(trade().has("send_pay_date")).as("it was paid").isTrue();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(refund("R1", "7.31").path("sub_code").asString()).isEqualTo("ACQ.REASON_TRADE_REFUND_FEE_ERR");
        assertThat(refund("", "1.00").path("sub_code").asString()).isEqualTo("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL");
        assertThat(refund("R1", "0.00").path("sub_code").asString()).isEqualTo("ACQ.INVALID_PARAMETER");
        assertThat(gateway.ask("alipay.trade.refund", Map.of("out_trade_no", "NONE", "refund_amount", "1.00", "out_request_no", "R"))
                .path("sub_code").asString()).isEqualTo("ACQ.TRADE_NOT_EXIST");
        JsonNode unknown = query("R1");
        assertThat(unknown.path("code").asString()).as("success, and no data").isEqualTo("10000");
        assertThat(unknown.has("refund_status")).isFalse();
    }

    @Test
    void playsItsFaults() {
        TestFaults.forOrder(gateway.faults, ORDER, Fault.REFUND_WITHOUT_FUND_CHANGE);
        assertThat(refund("R1", "1.00").path("fund_change").asString()).isEqualTo("N");
        passTime();
        TestFaults.forOrder(gateway.faults, ORDER, Fault.REFUND_BALANCE_TOO_SMALL);
        assertThat(refund("R2", "1.00").path("sub_code").asString()).isEqualTo("ACQ.SELLER_BALANCE_NOT_ENOUGH");
        TestFaults.forOrder(gateway.faults, ORDER, Fault.REFUND_LOST);
        assertThat(refund("R2", "1.00").path("code").asString()).isEqualTo("20000");
        assertThat(query("R2").has("refund_status")).isFalse();
        TestFaults.forOrder(gateway.faults, ORDER, Fault.REFUND_PROCESSING);
        assertThat(refund("R2", "1.00").path("fund_change").asString()).isEqualTo("N");
        assertThat(query("R2").has("refund_status")).isFalse();
        TestFaults.forOrder(gateway.faults, ORDER);
        assertThat(query("R2").path("refund_status").asString()).isEqualTo("REFUND_SUCCESS");
    }

    private void passTime() {
        gateway.clock.advance(Duration.ofSeconds(3));
    }

    private JsonNode refund(String number, String amount) {
        Map<String, String> content = new HashMap<>(Map.of("out_trade_no", ORDER, "refund_amount", amount));
        if (!number.isEmpty()) {
            content.put("out_request_no", number);
        }
        return gateway.ask("alipay.trade.refund", content);
    }

    private JsonNode query(String number) {
        return gateway.ask("alipay.trade.fastpay.refund.query", Map.of("out_trade_no", ORDER, "out_request_no", number));
    }

    private JsonNode trade() {
        return gateway.ask("alipay.trade.query", Map.of("out_trade_no", ORDER));
    }
}
