package dev.sluice.log;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.value.PayAction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PayActionTest {
    private static final JsonMapper JSON = EventCodec.MAPPER;

    @Test
    void comesBackFromJsonAsItWas() {
        for (PayAction action : new PayAction[]{new PayAction.QrCode("weixin://wxpay/bizpayurl?pr=1"),
                new PayAction.Redirect(URI.create("https://pay.example.com/h5?a=b")),
                new PayAction.InvokeBridge(Map.of("appId", "wx0000000000000001", "paySign", "x"))}) {
            assertThat(JSON.readValue(JSON.writeValueAsString(action), PayAction.class)).isEqualTo(action);
        }
        assertThat(JSON.readTree(JSON.writeValueAsString((PayAction) new PayAction.QrCode("x"))).path("kind").asString())
                .isEqualTo("QR_CODE");
    }

    @Test
    void aCodeOfNothingIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PayAction.QrCode(" "));
    }
}
