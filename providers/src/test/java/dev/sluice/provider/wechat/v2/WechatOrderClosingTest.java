package dev.sluice.provider.wechat.v2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.payment.CloseResult;

import static org.assertj.core.api.Assertions.assertThat;

class WechatOrderClosingTest {
    private static final TradeNumber NUMBER = new TradeNumber("01JD8X2V9Y4Q6R8T0W2Z4B6D8F");

    @Test
    void asksForTheNumberAndBelievesASignedYes() {
        List<Map<String, String>> asked = new ArrayList<>();
        try (var gateway = new FakeGateway(request -> {
            asked.add(WechatTill.asked(request));
            return WechatTill.signed(Map.of("result_code", "SUCCESS", "result_msg", "OK"));
        }); var closing = WechatTill.speaking(gateway.uri())) {
            assertThat(closing.closing().close(NUMBER).answer()).isEqualTo(new CloseResult.Closed());
        }
        assertThat(asked).singleElement().satisfies(fields -> assertThat(fields).containsEntry("out_trade_no", NUMBER.value()));
    }

    @Test
    void aRefusalTellsHowTheOrderStands() {
        assertThat(refused("ORDERCLOSED")).isEqualTo(new CloseResult.Closed());
        assertThat(refused("ORDERPAID")).isEqualTo(new CloseResult.AlreadyPaid());
        assertThat(refused("ORDERNOTEXIST")).isEqualTo(new CloseResult.Absent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYSTEMERROR", "SIGNERROR", "TRADE_STATE_ERROR", ""})
    void anyOtherRefusalClosesNothing(String code) {
        assertThat(refused(code)).isInstanceOf(CloseResult.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code></xml>"})
    void whatIsNotSignedClosesNothing(String answer) {
        assertThat(close(answer)).isInstanceOf(CloseResult.Unknown.class);
    }

    private static CloseResult refused(String code) {
        return close(WechatTill.signed(Map.of("result_code", "FAIL", "err_code", code)));
    }

    private static CloseResult close(String answer) {
        try (var gateway = new FakeGateway(request -> answer); var closing = WechatTill.speaking(gateway.uri())) {
            return closing.closing().close(NUMBER).answer();
        }
    }
}
