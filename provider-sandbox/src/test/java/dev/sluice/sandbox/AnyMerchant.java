package dev.sluice.sandbox;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// The merchant of the tests. The RSA keys are made for each run; nothing depends on what they are.
public final class AnyMerchant {
    public static final String WECHAT_APP_ID = "wxd930ea5d5a258f4f";
    public static final String MCH_ID = "10000100";
    public static final String API_KEY = "192006250b4c09247ec02edce69f6a2d";
    public static final String ALIPAY_APP_ID = "9021000122682882";
    public static final String SELLER_ID = "2088721003899159";
    public static final KeyPair APPLICATION_KEYS = keys();
    public static final KeyPair ALIPAY_KEYS = keys();

    private AnyMerchant() {}

    public static SandboxProperties properties(String... faults) {
        return properties(null, faults);
    }

    /// With a folder in which trades survive a restart.
    public static SandboxProperties properties(@Nullable Path data, String... faults) {
        return new SandboxProperties(
                1,
                data == null ? null : data.toString(),
                List.of(faults),
                "",
                new SandboxProperties.Wechat(WECHAT_APP_ID, MCH_ID, API_KEY),
                new SandboxProperties.Alipay(
                        ALIPAY_APP_ID,
                        SELLER_ID,
                        base64(APPLICATION_KEYS.getPublic().getEncoded()),
                        base64(ALIPAY_KEYS.getPrivate().getEncoded()),
                        Duration.ofMinutes(15)));
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
