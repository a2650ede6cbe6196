package dev.sluice.provider.alipay;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.payment.CloseResult;

import static org.assertj.core.api.Assertions.assertThat;

class AlipayOrderClosingTest {
    private static final TradeNumber NUMBER = new TradeNumber("01JD8X2V9Y4Q6R8T0W2Z4B6D8F");

    /// Cancelling would give the payer's money back.
    @Test
    void closesAndNeverCancels() {
        List<String> asked = new ArrayList<>();
        try (var gateway = new FakeGateway(request -> {
            asked.add(request);
            return AlipayTill.signed("close", "{\"code\":\"10000\",\"trade_no\":\"1\",\"out_trade_no\":\"" + NUMBER + "\"}");
        })) {
            assertThat(close(gateway)).isEqualTo(new CloseResult.Closed());
        }
        assertThat(asked).singleElement().satisfies(request -> assertThat(request).contains("method=alipay.trade.close&"));
    }

    @Test
    void aRefusalTellsHowTheOrderStands() {
        assertThat(refused("40004", "ACQ.REASON_TRADE_STATUS_INVALID")).isEqualTo(new CloseResult.AlreadyPaid());
        assertThat(refused("40004", "ACQ.TRADE_NOT_EXIST")).isEqualTo(new CloseResult.Absent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACQ.SYSTEM_ERROR", "ACQ.REASON_ILLEGAL_STATUS", "ACQ.TRADE_STATUS_ERROR", "ACQ.INVALID_PARAMETER"})
    void anyOtherRefusalClosesNothing(String code) {
        assertThat(refused("40004", code)).isInstanceOf(CloseResult.Unknown.class);
        assertThat(refused("20000", "ACQ.TRADE_NOT_EXIST")).isInstanceOf(CloseResult.Unknown.class);
    }

    @Test
    void whatIsNotSignedClosesNothing() {
        try (var gateway = new FakeGateway(
                request -> "{\"alipay_trade_close_response\":{\"code\":\"40004\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\"}}")) {
            assertThat(close(gateway)).isInstanceOf(CloseResult.Unknown.class);
        }
    }

    private static CloseResult refused(String code, String subCode) {
        try (var gateway = new FakeGateway(
                request -> AlipayTill.signed("close", "{\"code\":\"" + code + "\",\"sub_code\":\"" + subCode + "\"}"))) {
            return close(gateway);
        }
    }

    private static CloseResult close(FakeGateway gateway) {
        try (var closing = AlipayTill.speaking(gateway.uri())) {
            return closing.closing().close(NUMBER).answer();
        }
    }
}
