package dev.sluice.sandbox.alipay;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.NotificationReceiver;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.TestFaults;
import dev.sluice.sandbox.trade.Scan;

import static org.assertj.core.api.Assertions.assertThat;

class TradeCloseTest {
    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void closesATradeThatIsOpenInAWallet() {
        String code = opened("T_1", "");

        JsonNode answer = close("T_1");

        assertThat(answer.path("code").asString()).isEqualTo("10000");
        assertThat(answer.path("out_trade_no").asString()).isEqualTo("T_1");
        assertThat(answer.path("trade_no").asString()).startsWith("20261120");
        assertThat(status("T_1")).isEqualTo("TRADE_CLOSED");
        assertThat(gateway.trades.pay(code)).isEqualTo(new Scan.Refused(Scan.Reason.CLOSED_TRADE));
        assertThat(gateway.trades.open(code)).isEqualTo(new Scan.Refused(Scan.Reason.CLOSED_TRADE));
        assertThat(precreate("T_1")).isEqualTo("ACQ.TRADE_HAS_CLOSE");
    }

    @Test
    void notifiesTheMerchantUntilItAcknowledges() throws IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("success")) {
            opened("T_1", merchant.url());
            gateway.clock.advance(Duration.ofMinutes(1));

            String tradeNo = close("T_1").path("trade_no").asString();

            Map<String, String> notification = FormParameters.read("", merchant.next().body()).orElseThrow();
            assertThat(notification)
                    .containsEntry("trade_status", "TRADE_CLOSED")
                    .containsEntry("out_trade_no", "T_1")
                    .containsEntry("trade_no", tradeNo)
                    .containsEntry("total_amount", "7.30")
                    .containsEntry("gmt_close", "2026-11-20 10:01:00")
                    .doesNotContainKeys("gmt_payment", "refund_fee", "gmt_refund", "receipt_amount");
            assertThat(AlipaySignature.verifies(AlipaySignature.text(notification, "sign", "sign_type"), notification.get("sign"),
                    AnyMerchant.ALIPAY_KEYS.getPublic()))
                    .isTrue();
        }
    }

    @Test
    void refusesATradeThatIsPaidOrClosedOrWasNeverScanned() {
        assertThat(gateway.trades.pay(gateway.code("T_paid", ""))).isInstanceOf(Scan.Accepted.class);
        opened("T_closed", "");
        assertThat(close("T_closed").path("code").asString()).isEqualTo("10000");
        String unseen = gateway.code("T_unseen", "");

        assertThat(refusal("T_paid")).isEqualTo("ACQ.REASON_TRADE_STATUS_INVALID");
        assertThat(refusal("T_closed")).isEqualTo("ACQ.REASON_ILLEGAL_STATUS");
        assertThat(refusal("T_unseen")).isEqualTo("ACQ.TRADE_NOT_EXIST");
        assertThat(gateway.ask("alipay.trade.close", "subject", "x").path("sub_code").asString()).isEqualTo("ACQ.INVALID_PARAMETER");
        assertThat(gateway.trades.pay(unseen)).isInstanceOf(Scan.Accepted.class);
        assertThat(status("T_paid")).isEqualTo("TRADE_SUCCESS");
    }

    @Test
    void anOpenCashierCanPayWhatIsClosedButPayable() {
        TestFaults.forOrder(gateway.faults, "T_payable", Fault.CLOSED_BUT_PAYABLE);
        String code = opened("T_payable", "");

        assertThat(close("T_payable").path("code").asString()).isEqualTo("10000");
        assertThat(status("T_payable")).isEqualTo("TRADE_CLOSED");
        assertThat(gateway.trades.pay(code)).isInstanceOf(Scan.Accepted.class);

        assertThat(status("T_payable")).isEqualTo("TRADE_SUCCESS");
    }

    private String opened(String number, String notifyUrl) {
        String code = gateway.code(number, notifyUrl);
        assertThat(gateway.trades.open(code)).isInstanceOf(Scan.Accepted.class);
        return code;
    }

    private JsonNode close(String number) {
        return gateway.ask("alipay.trade.close", "out_trade_no", number);
    }

    private String refusal(String number) {
        JsonNode answer = close(number);
        assertThat(answer.path("code").asString()).isEqualTo("40004");
        return answer.path("sub_code").asString();
    }

    private String status(String number) {
        return gateway.ask("alipay.trade.query", "out_trade_no", number).path("trade_status").asString();
    }

    private String precreate(String number) {
        return gateway.ask("alipay.trade.precreate", Map.of("out_trade_no", number, "total_amount", "7.30", "subject", "AI服务充值"))
                .path("sub_code")
                .asString();
    }
}
