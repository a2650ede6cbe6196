package dev.sluice.sandbox.wechat;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.SandboxProperties;

/// The one merchant of this sandbox at WeChat Pay.
@Component
record WechatMerchant(SandboxProperties properties, RandomGenerator random) {
    private static final List<String> REQUIRED = List.of("appid", "mch_id", "nonce_str", "sign");
    private static final Pattern APP_ID = Pattern.compile("wx[0-9a-z]{16}");
    private static final int NONCE_BYTES = 16;

    SandboxProperties.Wechat account() {
        return properties.wechat();
    }

    /// The account's ids and a new nonce, in a map of its own.
    Map<String, String> fields() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("appid", account().appId());
        fields.put("mch_id", account().mchId());
        fields.put("nonce_str", HexFormat.of().formatHex(nonce));
        return fields;
    }

    /// The refusal of a request that does not come from the merchant. Until this passes, no other field counts.
    Optional<WechatResult> stranger(Map<String, String> fields) {
        for (String name : REQUIRED) {
            if (fields.getOrDefault(name, "").isEmpty()) {
                return Optional.of(WechatError.LACK_PARAMS.because(name));
            }
        }
        String appId = fields.getOrDefault("appid", "");
        boolean ourApp = account().appId().equals(appId);
        if (!ourApp && !APP_ID.matcher(appId).matches()) {
            return Optional.of(WechatError.APPID_NOT_EXIST.refusal());
        }
        if (!account().mchId().equals(fields.get("mch_id"))) {
            return Optional.of(WechatError.MCHID_NOT_EXIST.refusal());
        }
        if (!ourApp) {
            // A well-formed app id that is not the one merchant's counts as another merchant's.
            return Optional.of(WechatError.APPID_MCHID_NOT_MATCH.refusal());
        }
        boolean signed = SignType.of(fields).filter(type -> type.verifies(fields, account().apiKey())).isPresent();
        return signed ? Optional.empty() : Optional.of(WechatError.SIGNERROR.refusal());
    }
}
