package dev.sluice.sandbox.wechat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.TestFaults;
import dev.sluice.sandbox.trade.Scan;
import dev.sluice.sandbox.trade.Trade;

import static org.assertj.core.api.Assertions.assertThat;

class OrderQueryTest {
    private final TestWechat wechat = new TestWechat();

    @Test
    void describesAPaidOrder() {
        Trade paid = paid("T-paid-1");

        Map<String, String> answer = wechat.query("T-paid-1");

        assertThat(answer)
                .containsEntry("return_code", "SUCCESS")
                .containsEntry("result_code", "SUCCESS")
                .containsEntry("trade_state", "SUCCESS")
                .containsEntry("out_trade_no", "T-paid-1")
                .containsEntry("transaction_id", paid.transactionId())
                .containsEntry("total_fee", "730")
                .containsEntry("cash_fee", "730")
                .containsEntry("fee_type", "CNY")
                .containsEntry("trade_type", "NATIVE")
                .containsEntry("time_end", "20261120100000")
                .containsEntry("attach", "user 7")
                .containsEntry("device_info", "WEB")
                .containsKeys("openid", "bank_type", "is_subscribe");
        assertThat(TestWechat.signed(answer)).isTrue();
    }

    @Test
    void hasNoAmountWhileTheOrderIsNotPaid() {
        wechat.code("T-unpaid");

        Map<String, String> answer = wechat.query("T-unpaid");

        assertThat(answer)
                .containsEntry("trade_state", "NOTPAY")
                .containsEntry("out_trade_no", "T-unpaid")
                .doesNotContainKeys("total_fee", "transaction_id", "time_end", "attach");
        assertThat(TestWechat.signed(answer)).isTrue();
    }

    @Test
    void anOrderWhoseTimeIsOverIsStillNotPaid() {
        wechat.code("T-expired");
        wechat.clock.advance(Duration.ofDays(1));

        assertThat(wechat.query("T-expired")).containsEntry("trade_state", "NOTPAY");
    }

    @Test
    void aClosedOrderIsClosed() {
        wechat.code("T-closed");
        wechat.clock.advance(Duration.ofMinutes(5));
        assertThat(wechat.close("T-closed")).containsEntry("result_code", "SUCCESS");

        assertThat(wechat.query("T-closed")).containsEntry("trade_state", "CLOSED").doesNotContainKey("total_fee");
    }

    @Test
    void theTransactionNumberWinsOverTheMerchantsNumber() {
        Trade paid = paid("T-paid-1");
        wechat.code("T-unpaid");

        assertThat(wechat.query(Map.of("transaction_id", paid.transactionId()))).containsEntry("out_trade_no", "T-paid-1");
        assertThat(wechat.query(Map.of("transaction_id", paid.transactionId(), "out_trade_no", "T-unpaid")))
                .containsEntry("out_trade_no", "T-paid-1");
        assertThat(wechat.query(Map.of("transaction_id", "4200000000202611200000000000", "out_trade_no", "T-unpaid")))
                .containsEntry("err_code", "ORDERNOTEXIST");
    }

    @Test
    void refusesAnOrderThatDoesNotExistSigned() {
        Map<String, String> answer = wechat.query("T-nothing");

        assertThat(answer).containsEntry("result_code", "FAIL").containsEntry("err_code", "ORDERNOTEXIST");
        assertThat(TestWechat.signed(answer)).isTrue();
    }

    @Test
    void refusesAQueryForNothing() {
        assertThat(wechat.query(Map.of())).containsEntry("return_code", "FAIL").containsEntry("err_code", "LACK_PARAMS");
    }

    @ParameterizedTest
    @CsvSource({
            "appid, wx0000000000000000, APPID_MCHID_NOT_MATCH",
            "mch_id, 10000101, MCHID_NOT_EXIST",
            "sign, 9A0A8659F005D6984697E2CA0A9CF3B7, SIGNERROR"
    })
    void refusesAStranger(String name, String value, String code) {
        paid("T-paid-1");

        assertThat(wechat.query(Map.of("out_trade_no", "T-paid-1", name, value)))
                .containsEntry("return_code", "FAIL")
                .containsEntry("err_code", code)
                .doesNotContainKeys("sign", "trade_state");
    }

    @Test
    void reportsOneFenLessWhereTheAmountIsWrong() {
        paid("T-wrong");
        paid("T-right");
        TestFaults.forOrder(wechat.faults, "T-wrong", Fault.WRONG_AMOUNT);

        Map<String, String> answer = wechat.query("T-wrong");

        assertThat(answer).containsEntry("total_fee", "729").containsEntry("cash_fee", "729");
        assertThat(TestWechat.signed(answer)).isTrue();
        assertThat(wechat.query("T-right")).containsEntry("total_fee", "730");
    }

    @Test
    void signsWronglyWhereThatIsOn() {
        Trade paid = paid("T-wrong");
        TestFaults.forOrder(wechat.faults, "T-wrong", Fault.WRONGLY_SIGNED_RESPONSES);

        assertThat(TestWechat.signed(wechat.query(Map.of("transaction_id", paid.transactionId())))).isFalse();
        assertThat(TestWechat.signed(wechat.query("T-wrong"))).isFalse();
        assertThat(TestWechat.signed(wechat.close("T-wrong"))).isFalse();
        assertThat(TestWechat.signed(wechat.order("T-wrong"))).isFalse();
        assertThat(TestWechat.signed(wechat.query("T-other"))).isTrue();
    }

    private Trade paid(String number) {
        return ((Scan.Accepted) wechat.trades.pay(wechat.code(number))).trade();
    }
}
