package dev.sluice.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import tools.jackson.databind.json.JsonMapper;

/// A merchant, two users and their keys, created at the first start and kept under `data/demo`: enough to pay against the sandbox.
final class Demo {
    private static final String MERCHANT_NAME = "陶然 AI";
    static final String WECHAT_APP_ID = "wx0000000000000001";
    static final String WECHAT_MCH_ID = "1900000001";
    static final String ALIPAY_APP_ID = "9021000000000001";
    static final String ALIPAY_SELLER_ID = "2088000000000001";
    private static final String MASTER_KEY = "master-key";
    static final Duration TOKEN_LIFE = Duration.ofDays(30);
    private static final int RSA_BITS = 2048;
    private static final int SECRET_BYTES = 32;
    private static final int WECHAT_KEY_BYTES = 16;

    private final Path folder;
    private final Properties keys;

    private Demo(Path folder, Properties keys) {
        this.folder = folder;
        this.keys = keys;
    }

    static Demo open(Path data) {
        Path folder = data.resolve("demo");
        Path file = folder.resolve("keys.properties");
        Properties keys = new Properties();
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (Files.exists(file)) {
                try (var in = Files.newInputStream(file)) {
                    keys.load(in);
                }
            }
            if (!keys.containsKey(MASTER_KEY)) {
                make(keys);
                try (var out = Files.newOutputStream(file)) {
                    keys.store(out, "Keys of the demo's merchant, of its Alipay and of its users' tokens. They open nothing real.");
                }
            }
            return new Demo(folder, keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An older demo has all but the master key.
    private static void make(Properties keys) {
        keys.setProperty(MASTER_KEY, HexFormat.of().formatHex(random(SECRET_BYTES)));
        if (keys.containsKey("jwt-secret")) {
            return;
        }
        KeyPair application = rsa();
        KeyPair alipay = rsa();
        keys.setProperty("wechat-api-key", HexFormat.of().formatHex(random(WECHAT_KEY_BYTES)));
        keys.setProperty("jwt-secret", HexFormat.of().formatHex(random(SECRET_BYTES)));
        keys.setProperty("application-private-key", base64(application.getPrivate().getEncoded()));
        keys.setProperty("application-public-key", base64(application.getPublic().getEncoded()));
        keys.setProperty("alipay-private-key", base64(alipay.getPrivate().getEncoded()));
        keys.setProperty("alipay-public-key", base64(alipay.getPublic().getEncoded()));
    }

    String masterKey() {
        return keys.getProperty(MASTER_KEY);
    }

    String jwtSecret() {
        return keys.getProperty("jwt-secret");
    }

    /// Settings of the merchant.
    ///
    /// @param address   where the merchant's Sluice is
    /// @param providers where both providers are
    /// @return the file
    Path writeSettings(String address, String providers) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("ServerAddress", address);
        settings.put("MerchantName", MERCHANT_NAME);
        // The page of a host is of another origin.
        settings.put("MerchantAddress", address.replace("127.0.0.1", "localhost") + "/demo/host/");
        settings.put("WechatAppId", WECHAT_APP_ID);
        settings.put("WechatMchId", WECHAT_MCH_ID);
        settings.put("WechatApiV2Key", keys.getProperty("wechat-api-key"));
        settings.put("WechatGatewayUrl", providers);
        settings.put("AlipayAppId", ALIPAY_APP_ID);
        settings.put("AlipaySellerId", ALIPAY_SELLER_ID);
        settings.put("AlipayPrivateKey", keys.getProperty("application-private-key"));
        settings.put("AlipayPublicKey", keys.getProperty("alipay-public-key"));
        settings.put("AlipayGatewayUrl", providers + "/gateway.do");
        return write("settings.json", JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(settings));
    }

    /// What the sandbox must know of the merchant.
    Map<String, String> sandboxProperties() {
        return Map
                .of(
                        "sandbox.data",
                        folder.resolve("sandbox").toString(),
                        "sandbox.merchant",
                        MERCHANT_NAME,
                        "sandbox.wechat.app-id",
                        WECHAT_APP_ID,
                        "sandbox.wechat.mch-id",
                        WECHAT_MCH_ID,
                        "sandbox.wechat.api-key",
                        keys.getProperty("wechat-api-key"),
                        "sandbox.alipay.app-id",
                        ALIPAY_APP_ID,
                        "sandbox.alipay.seller-id",
                        ALIPAY_SELLER_ID,
                        "sandbox.alipay.app-public-key",
                        keys.getProperty("application-public-key"),
                        "sandbox.alipay.private-key",
                        keys.getProperty("alipay-private-key"));
    }

    /// The file with a token of a demo user, for command lines.
    Path writeToken(DemoUser user, String secret, Clock clock) {
        return write(user.file(), token(user, secret, clock));
    }

    /// @param secret that signs it
    static String token(DemoUser user, String secret, Clock clock) {
        var claims = new JWTClaimsSet.Builder()
                .subject(Integer.toString(user.id()))
                .claim("group", "default")
                .claim("role", user.roles())
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(TOKEN_LIFE)))
                .build();
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the token of a demo user cannot be signed", e);
        }
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
