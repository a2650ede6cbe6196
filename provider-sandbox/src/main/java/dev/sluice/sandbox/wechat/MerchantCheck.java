package dev.sluice.sandbox.wechat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.SandboxProperties;

/// Finds out whether a request comes from the merchant. Until this passes, nothing else in the request counts.
@Component
final class MerchantCheck {
    private static final List<String> NEEDED = List.of("appid", "mch_id", "nonce_str", "sign");
    private static final Pattern APP_ID = Pattern.compile("wx[0-9a-z]{16}");

    private final SandboxProperties.Wechat merchant;

    MerchantCheck(SandboxProperties properties) {
        merchant = properties.wechat();
    }

    Optional<WechatRefusal> refusal(Map<String, String> fields) {
        for (String name : NEEDED) {
            if (fields.getOrDefault(name, "").isEmpty()) {
                return Optional.of(WechatError.LACK_PARAMS.because(name));
            }
        }
        boolean ourApp = merchant.appId().equals(fields.get("appid"));
        if (!ourApp && !APP_ID.matcher(fields.getOrDefault("appid", "")).matches()) {
            return Optional.of(WechatError.APPID_NOT_EXIST.plainly());
        }
        if (!merchant.mchId().equals(fields.get("mch_id"))) {
            return Optional.of(WechatError.MCHID_NOT_EXIST.plainly());
        }
        if (!ourApp) {
            // One merchant lives here: a well-formed app id that is not its own is taken for somebody else's.
            return Optional.of(WechatError.APPID_MCHID_NOT_MATCH.plainly());
        }
        return SignType.of(fields)
                .filter(type -> type.verifies(fields, merchant.apiKey()))
                .<Optional<WechatRefusal>>map(genuine -> Optional.empty())
                .orElseGet(() -> Optional.of(WechatError.SIGNERROR.plainly()));
    }
}
