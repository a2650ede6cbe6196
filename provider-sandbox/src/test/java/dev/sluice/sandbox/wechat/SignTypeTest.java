package dev.sluice.sandbox.wechat;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// The first example is the official documentation's own, the second comes from yansongda/pay.
class SignTypeTest {
    private static final String KEY = "192006250b4c09247ec02edce69f6a2d";
    private static final Map<String, String> DOCUMENTED = Map.of(
            "appid", "wxd930ea5d5a258f4f", "mch_id", "10000100", "device_info", "1000", "body", "test", "nonce_str", "ibuaiVcKdpRxkhJA");

    @Test
    void signsTheDocumentedExample() {
        assertThat(SignType.MD5.sign(DOCUMENTED, KEY)).isEqualTo("9A0A8659F005D6984697E2CA0A9CF3B7");
        assertThat(SignType.HMAC_SHA256.sign(DOCUMENTED, KEY))
                .isEqualTo("6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6");
    }

    @Test
    void leavesOutEmptyValues() {
        assertThat(SignType.MD5.sign(Map.of("name", "yansongda", "age", "29", "foo", ""), "yansongda"))
                .isEqualTo("3213848AED2C380749FD1D559555881D");
    }

    @Test
    void verifiesWhatWasSignedAndNothingElse() {
        Map<String, String> signed = new HashMap<>(DOCUMENTED);
        signed.put("sign", "9A0A8659F005D6984697E2CA0A9CF3B7");
        assertThat(SignType.MD5.verifies(signed, KEY)).isTrue();

        assertThat(SignType.HMAC_SHA256.verifies(signed, KEY)).isFalse();
        assertThat(SignType.MD5.verifies(DOCUMENTED, KEY)).isFalse();
        signed.put("body", "tesT");
        assertThat(SignType.MD5.verifies(signed, KEY)).isFalse();
    }

    @Test
    void isMd5UnlessTheRequestNamesAnother() {
        assertThat(SignType.of(Map.of())).contains(SignType.MD5);
        assertThat(SignType.of(Map.of("sign_type", "HMAC-SHA256"))).contains(SignType.HMAC_SHA256);
        assertThat(SignType.of(Map.of("sign_type", "RSA"))).isEmpty();
    }
}
