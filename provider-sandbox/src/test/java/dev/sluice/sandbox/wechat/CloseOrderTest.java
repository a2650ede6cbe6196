package dev.sluice.sandbox.wechat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.TestFaults;
import dev.sluice.sandbox.trade.Scan;

import static org.assertj.core.api.Assertions.assertThat;

class CloseOrderTest {
    /// Five minutes at ten times the speed of reality.
    private static final Duration MIN_AGE = Duration.ofSeconds(30);

    private final TestWechat wechat = new TestWechat();

    @Test
    void closesAnOrderThatWasNeverScanned() {
        String code = wechat.code("T-close");
        wechat.clock.advance(MIN_AGE);

        Map<String, String> answer = wechat.close("T-close");

        assertThat(answer)
                .containsEntry("return_code", "SUCCESS")
                .containsEntry("result_code", "SUCCESS")
                .containsEntry("result_msg", "OK");
        assertThat(TestWechat.signed(answer)).isTrue();
        assertThat(wechat.trades.open(code)).isEqualTo(new Scan.Refused(Scan.Reason.CLOSED_TRADE));
        assertThat(wechat.trades.pay(code)).isEqualTo(new Scan.Refused(Scan.Reason.CLOSED_TRADE));
        assertThat(wechat.order("T-close")).containsEntry("err_code", "ORDERCLOSED");
    }

    @Test
    void anOpenCashierCannotPayAClosedOrder() {
        String code = opened("T-close");

        assertThat(wechat.close("T-close")).containsEntry("result_code", "SUCCESS");

        assertThat(wechat.trades.pay(code)).isEqualTo(new Scan.Refused(Scan.Reason.CLOSED_TRADE));
    }

    @Test
    void refusesToCloseInTheFirstFiveMinutesOnTheScale() {
        wechat.code("T-young");
        wechat.clock.advance(MIN_AGE.minusMillis(1));

        Map<String, String> early = wechat.close("T-young");
        wechat.clock.advance(Duration.ofMillis(1));

        assertThat(early).containsEntry("result_code", "FAIL").containsEntry("err_code", "TRADE_STATE_ERROR");
        assertThat(early.get("err_code_des")).contains("5分钟");
        assertThat(TestWechat.signed(early)).isTrue();
        assertThat(wechat.query("T-young")).containsEntry("trade_state", "NOTPAY");
        assertThat(wechat.close("T-young")).containsEntry("result_code", "SUCCESS");
    }

    @Test
    void refusesAPaidOrderHoweverYoungItIs() {
        assertThat(wechat.trades.pay(wechat.code("T-paid"))).isInstanceOf(Scan.Accepted.class);

        assertThat(wechat.close("T-paid")).containsEntry("err_code", "ORDERPAID");
        wechat.clock.advance(MIN_AGE);
        assertThat(wechat.close("T-paid")).containsEntry("err_code", "ORDERPAID");
        assertThat(wechat.query("T-paid")).containsEntry("trade_state", "SUCCESS");
    }

    @Test
    void refusesAClosedOrder() {
        wechat.code("T-close");
        wechat.clock.advance(MIN_AGE);
        assertThat(wechat.close("T-close")).containsEntry("result_code", "SUCCESS");

        assertThat(wechat.close("T-close")).containsEntry("err_code", "ORDERCLOSED");
    }

    @Test
    void refusesAnOrderThatDoesNotExistAndOneWithoutANumber() {
        assertThat(wechat.close("T-nothing")).containsEntry("err_code", "ORDERNOTEXIST");
        assertThat(wechat.close(Map.of())).containsEntry("return_code", "FAIL").containsEntry("err_code", "LACK_PARAMS");
    }

    @Test
    void closesNothingForAStranger() {
        wechat.code("T-close");
        wechat.clock.advance(MIN_AGE);

        assertThat(wechat.close(Map.of("out_trade_no", "T-close", "sign", "0".repeat(32)))).containsEntry("err_code", "SIGNERROR");

        assertThat(wechat.query("T-close")).containsEntry("trade_state", "NOTPAY");
    }

    @Test
    void anOpenCashierCanPayWhatIsClosedButPayable() {
        TestFaults.forOrder(wechat.faults, "T-payable", Fault.CLOSED_BUT_PAYABLE);
        String code = opened("T-payable");

        assertThat(wechat.close("T-payable")).containsEntry("result_code", "SUCCESS");
        assertThat(wechat.query("T-payable")).containsEntry("trade_state", "CLOSED");
        assertThat(wechat.trades.pay(code)).isInstanceOf(Scan.Accepted.class);

        assertThat(wechat.query("T-payable")).containsEntry("trade_state", "SUCCESS");
    }

    @Test
    void noOtherWalletCanScanWhatIsClosedButPayable() {
        TestFaults.forOrder(wechat.faults, "T-payable", Fault.CLOSED_BUT_PAYABLE);
        String code = opened("T-payable");
        assertThat(wechat.trades.leave(code)).isTrue();

        assertThat(wechat.close("T-payable")).containsEntry("result_code", "SUCCESS");

        assertThat(wechat.trades.pay(code)).isEqualTo(new Scan.Refused(Scan.Reason.CLOSED_TRADE));
    }

    /// Ordered, old enough to be closed, and open in a wallet.
    private String opened(String number) {
        String code = wechat.code(number);
        wechat.clock.advance(MIN_AGE);
        assertThat(wechat.trades.open(code)).isInstanceOf(Scan.Accepted.class);
        return code;
    }
}
