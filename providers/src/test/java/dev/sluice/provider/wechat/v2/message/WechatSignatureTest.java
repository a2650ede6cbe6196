package dev.sluice.provider.wechat.v2.message;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

import com.github.binarywang.wxpay.util.SignUtils;
import com.github.wxpay.sdk.WXPayConstants;
import com.github.wxpay.sdk.WXPayUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sluice.provider.Vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WechatSignatureTest {
    private static final long SEED = 20261122;

    @ParameterizedTest
    @CsvSource({"wx_v2_doc,MD5", "wx_v2_doc,HMAC-SHA256", "wx_v2_empty,MD5", "wx_v2_jsapi_derived,MD5",
            "wx_v2_jsapi_derived_hmac,HMAC-SHA256"})
    void signsAsTheDocumentedExamplesAreSigned(String vector, String type) {
        var signature = new WechatSignature(Vectors.get(vector + ".key"), WechatSignType.of(type));

        assertThat(signature.sign(Vectors.parameters(vector))).isEqualTo(Vectors.get(vector + "." + type));
    }

    /// The official SDK (test scope only: its XML parser is the vulnerable one of 2018) and WxJava as oracles.
    @ParameterizedTest
    @EnumSource(WechatSignType.class)
    void agreesWithTheOfficialSdkAndWithWxJava(WechatSignType type) throws Exception {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < 200; i++) {
            String key = randomText(random, 32, "0123456789abcdefABCDEF");
            Map<String, String> fields = randomFields(random);
            String sign = new WechatSignature(key, type).sign(fields);

            var official = type == WechatSignType.MD5 ? WXPayConstants.SignType.MD5 : WXPayConstants.SignType.HMACSHA256;
            // The official SDK trims values before it signs, which the documentation does not say; ours have no blanks at their ends.
            assertThat(sign).as("seed %d, run %d", SEED, i).isEqualTo(WXPayUtil.generateSignature(new HashMap<>(fields), key, official));
            assertThat(sign).as("seed %d, run %d", SEED, i)
                    .isEqualTo(SignUtils.createSign(new HashMap<>(fields), type.wireName(), key, new String[0]));
        }
    }

    @Test
    void believesOnlyTheExactSignature() {
        var signature = new WechatSignature(Vectors.get("wx_v2_doc.key"), WechatSignType.MD5);
        Map<String, String> fields = new HashMap<>(Vectors.parameters("wx_v2_doc"));

        assertThat(signature.isRight(fields)).as("no sign").isFalse();
        fields.put("sign", "");
        assertThat(signature.isRight(fields)).as("empty sign").isFalse();
        fields.put("sign", Vectors.get("wx_v2_doc.MD5").toLowerCase(java.util.Locale.ROOT));
        assertThat(signature.isRight(fields)).as("lower-case sign").isFalse();
        fields.put("sign", Vectors.get("wx_v2_doc.HMAC-SHA256"));
        assertThat(signature.isRight(fields)).as("sign of an algorithm that we do not use").isFalse();
        fields.put("sign", Vectors.get("wx_v2_doc.MD5"));
        assertThat(signature.isRight(fields)).as("the right sign").isTrue();
        fields.put("total_fee", "1");
        assertThat(signature.isRight(fields)).as("a field more").isFalse();
    }

    @Test
    void aBlankKeySignsNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WechatSignature(" ", WechatSignType.MD5));
    }

    private static Map<String, String> randomFields(SplittableRandom random) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < random.nextInt(1, 20); i++) {
            fields.put(randomText(random, 8, "abcdefgXYZ_0123"), randomText(random, random.nextInt(0, 30), "0aZ&=<>+%中文😀\"'-"));
        }
        return fields;
    }

    private static String randomText(SplittableRandom random, int length, String alphabet) {
        int[] codePoints = alphabet.codePoints().toArray();
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        return text.toString();
    }
}
