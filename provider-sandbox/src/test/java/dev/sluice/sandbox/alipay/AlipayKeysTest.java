package dev.sluice.sandbox.alipay;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.InvalidSettingException;
import dev.sluice.sandbox.SandboxProperties;

import static dev.sluice.sandbox.AnyMerchant.base64;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AlipayKeysTest {
    private static final String PUBLIC = base64(AnyMerchant.APPLICATION_KEYS.getPublic().getEncoded());
    private static final String PRIVATE = base64(AnyMerchant.ALIPAY_KEYS.getPrivate().getEncoded());

    @Test
    void refusesKeysOfTheWrongKind() {
        assertRefused(PRIVATE, PRIVATE, "sandbox.alipay.app-public-key must be an RSA public key");
        assertRefused(PUBLIC, PUBLIC, "sandbox.alipay.private-key must be an RSA private key");
        assertRefused("nonsense", PRIVATE, "sandbox.alipay.app-public-key must be an RSA public key");
    }

    @Test
    void refusesShortKeys() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);

        assertRefused(base64(generator.generateKeyPair().getPublic().getEncoded()), PRIVATE, "sandbox.alipay.app-public-key");
    }

    private static void assertRefused(String publicKey, String privateKey, String message) {
        var alipay = new SandboxProperties.Alipay("9021", "2088", publicKey, privateKey, Duration.ofMinutes(15));
        var properties = new SandboxProperties(1, null, List.of(), "", AnyMerchant.properties().wechat(), alipay);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new AlipaySignature(properties))
                .withMessageStartingWith(message);
    }
}
