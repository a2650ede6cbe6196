package dev.sluice.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who the sandbox's one merchant is, and how fast time runs.
///
/// @param timeScale how many times faster than in reality retries come and codes die; 60 turns a minute into a second
/// @param data folder in which payments outlive a restart; without it everything is forgotten
/// @param faults names of the faults that are on for all orders at the start
/// @param merchant the merchant's name, as wallets show it; without it they show its account
/// @param wechat the merchant at WeChat Pay
/// @param alipay the merchant at Alipay
@ConfigurationProperties("sandbox")
public record SandboxProperties(
        @DefaultValue("1") double timeScale,
        @Nullable String data,
        @DefaultValue List<String> faults,
        @DefaultValue("") String merchant,
        @DefaultValue Wechat wechat,
        @DefaultValue Alipay alipay) {

    /// Length of a WeChat Pay v2 API key.
    static final int WECHAT_KEY_LENGTH = 32;

    public SandboxProperties {
        faults = List.copyOf(faults);
        if (!(timeScale > 0) || Double.isInfinite(timeScale)) {
            throw new InvalidSettingException("sandbox.time-scale must be a number above 0; 1 is real time");
        }
    }

    /// The folder to remember in, if there shall be one.
    public Optional<Path> folder() {
        return Optional.ofNullable(data).filter(text -> !text.isBlank()).map(Path::of);
    }

    /// The merchant's WeChat Pay account.
    public record Wechat(String appId, String mchId, String apiKey) {
        public Wechat {
            appId = required("sandbox.wechat.app-id", "the merchant's app id, like wxd930ea5d5a258f4f", appId);
            mchId = required("sandbox.wechat.mch-id", "the merchant number, like 10000100", mchId);
            apiKey = required("sandbox.wechat.api-key", "the merchant's v2 API key of 32 characters", apiKey);
            if (apiKey.length() != WECHAT_KEY_LENGTH) {
                throw new InvalidSettingException("sandbox.wechat.api-key must have 32 characters, it has " + apiKey.length());
            }
        }

        @Override
        public String toString() {
            return "Wechat[appId=" + appId + ", mchId=" + mchId + "]";
        }
    }

    /// The merchant's Alipay account, and the key Alipay itself signs with.
    ///
    /// @param maxClockSkew how far the caller's clock may be off, either way
    public record Alipay(
            String appId,
            String sellerId,
            String appPublicKey,
            String privateKey,
            @DefaultValue("15m") Duration maxClockSkew) {
        public Alipay {
            appId = required("sandbox.alipay.app-id", "the merchant's application id, like 9021000122682882", appId);
            sellerId = required("sandbox.alipay.seller-id", "the merchant's account, like 2088721003899159", sellerId);
            appPublicKey = required(
                    "sandbox.alipay.app-public-key", "the merchant application's RSA public key, base64 X.509", appPublicKey);
            privateKey = required("sandbox.alipay.private-key", "the sandbox Alipay's own RSA private key, base64 PKCS#8", privateKey);
        }

        @Override
        public String toString() {
            return "Alipay[appId=" + appId + ", sellerId=" + sellerId + "]";
        }
    }

    private static String required(String name, String what, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidSettingException(name + " is missing: give " + what);
        }
        return value.strip();
    }
}
