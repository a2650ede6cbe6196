package dev.sluice.sandbox.wechat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.TestFaults;

import static org.assertj.core.api.Assertions.assertThat;

class WechatRefundTest {
    private static final String ORDER = "ORDER-1";

    private final TestWechat wechat = new TestWechat();
    private String transaction = "";

    @BeforeEach
    void pay() {
        wechat.trades.pay(wechat.code(ORDER));
        transaction = wechat.query(ORDER).getOrDefault("transaction_id", "");
    }

    @Test
    void refundsAPartAndReportsIt() {
        assertThat(refund("R1", 230)).containsEntry("result_code", "SUCCESS").containsEntry("refund_fee", "230")
                .containsEntry("total_fee", "730").containsEntry("out_trade_no", ORDER).containsKey("refund_id");
        assertThat(wechat.query(ORDER)).containsEntry("trade_state", "REFUND");
        assertThat(byNumber("R1")).containsEntry("refund_status_0", "SUCCESS").containsEntry("refund_fee_0", "230")
                .containsEntry("out_refund_no_0", "R1").containsKey("refund_success_time_0").containsEntry("transaction_id", transaction);
        assertThat(TestWechat.signed(byNumber("R1"))).isTrue();
    }

    @Test
    void aRepeatedNumberIsOneRefund() {
        Map<String, String> first = refund("R1", 230);

        assertThat(refund("R1", 230)).as("nothing shows that no money moved").containsEntry("refund_id", first.get("refund_id"));
        assertThat(refund("R1", 231)).containsEntry("err_code", "REFUND_FEE_MISMATCH");
        assertThat(byNumber("R1")).containsEntry("refund_fee", "230");
    }

    @Test
    void refundsNoMoreThanIsLeftAndNotTooFast() {
        refund("R1", 700);

        assertThat(refund("R2", 30)).as("within a minute").containsEntry("err_code", "INVALID_REQ_TOO_MUCH");
        passAMinute();
        assertThat(refund("R2", 31)).containsEntry("err_code", "INVALID_REQUEST");
        assertThat(refund("R2", 30)).containsEntry("result_code", "SUCCESS");
    }

    @Test
    void takesFiftyPartsAndListsThemByTens() {
        for (int i = 0; i < 50; i++) {
            assertThat(refund("R" + i, 10)).containsEntry("result_code", "SUCCESS");
            passAMinute();
        }

        assertThat(refund("R50", 10)).containsEntry("result_code", "FAIL");
        assertThat(page("40")).containsEntry("refund_count", "10").containsEntry("total_refund_count", "50")
                .containsEntry("out_refund_no_9", "R49").containsEntry("refund_fee", "500");
        assertThat(page("50")).containsEntry("err_code", "PARAM_ERROR");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(refund(Map.of("transaction_id", "4200", "out_refund_no", "R", "total_fee", "730", "refund_fee", "1")))
                .containsEntry("err_code", "INVALID_TRANSACTIONID");
        assertThat(refund(Map.of("out_trade_no", "NONE", "out_refund_no", "R", "total_fee", "730", "refund_fee", "1")))
                .containsEntry("err_code", "ORDERNOTEXIST");
        assertThat(refund(Map.of("out_trade_no", ORDER, "out_refund_no", "R", "total_fee", "731", "refund_fee", "1")))
                .containsEntry("err_code", "INVALID_REQUEST");
        assertThat(refund(Map.of("out_trade_no", ORDER, "out_refund_no", "R/1", "total_fee", "730", "refund_fee", "1")))
                .containsEntry("err_code", "INVALID_REQUEST");
        assertThat(byNumber("R")).containsEntry("err_code", "REFUNDNOTEXIST");
        assertThat(page("0")).containsEntry("err_code", "REFUNDNOTEXIST");
    }

    @Test
    void failsTenTimesAndThenRefunds() {
        faults(Fault.REFUND_SYSTEM_ERRORS);

        for (int i = 0; i < 10; i++) {
            assertThat(refund("R1", 230)).containsEntry("err_code", "SYSTEMERROR");
            assertThat(byNumber("R1")).containsEntry("err_code", "REFUNDNOTEXIST");
        }
        assertThat(refund("R1", 230)).containsEntry("result_code", "SUCCESS");
    }

    @Test
    void aLostRequestRefundsNothing() {
        faults(Fault.REFUND_LOST);
        refund("R1", 230);
        faults();

        assertThat(byNumber("R1")).containsEntry("err_code", "REFUNDNOTEXIST");
    }

    @Test
    void needsABalance() {
        faults(Fault.REFUND_BALANCE_TOO_SMALL);
        assertThat(refund("R1", 230)).containsEntry("err_code", "NOTENOUGH");
        faults();

        assertThat(refund("R1", 230)).containsEntry("result_code", "SUCCESS");
    }

    @Test
    void goesThroughItsStates() {
        faults(Fault.REFUND_PROCESSING);
        refund("R1", 230);
        assertThat(byNumber("R1")).containsEntry("refund_status_0", "PROCESSING").doesNotContainKey("refund_success_time_0");
        faults(Fault.REFUND_LEFT_AT_PROVIDER);
        assertThat(byNumber("R1")).containsEntry("refund_status_0", "CHANGE");
        faults();
        assertThat(byNumber("R1")).containsEntry("refund_status_0", "SUCCESS");
    }

    @Test
    void aClosedRefundLeavesTheMoney() {
        faults(Fault.REFUND_CLOSED);
        refund("R1", 730);
        faults();
        passAMinute();

        assertThat(byNumber("R1")).as("for good").containsEntry("refund_status_0", "REFUNDCLOSE");
        assertThat(refund("R2", 730)).containsEntry("result_code", "SUCCESS");
    }

    private void faults(Fault... faults) {
        TestFaults.forOrder(wechat.faults, ORDER, faults);
    }

    /// Of ten times faster time.
    private void passAMinute() {
        wechat.clock.advance(Duration.ofSeconds(6));
    }

    private Map<String, String> refund(String number, long fen) {
        return refund(Map.of("transaction_id", transaction, "out_refund_no", number, "total_fee", "730", "refund_fee", Long.toString(fen)));
    }

    private Map<String, String> refund(Map<String, String> fields) {
        return wechat.refund(new HashMap<>(fields));
    }

    private Map<String, String> byNumber(String number) {
        return wechat.queryRefund(Map.of("out_refund_no", number));
    }

    private Map<String, String> page(String offset) {
        return wechat.queryRefund(Map.of("transaction_id", transaction, "offset", offset));
    }
}
