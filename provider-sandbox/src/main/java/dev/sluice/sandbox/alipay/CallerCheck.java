package dev.sluice.sandbox.alipay;

import java.util.Map;
import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.SandboxProperties;

/// Finds out whether a request comes from the merchant's application. Refusals of a stranger are not signed.
@Component
final class CallerCheck {
    private final SandboxProperties.Alipay merchant;
    private final AlipayKeys keys;

    CallerCheck(SandboxProperties properties, AlipayKeys keys) {
        merchant = properties.alipay();
        this.keys = keys;
    }

    Optional<GatewayRefusal> refusal(Map<String, String> parameters) {
        String appId = parameters.getOrDefault("app_id", "");
        String signType = parameters.getOrDefault("sign_type", "");
        String sign = parameters.getOrDefault("sign", "");
        if (appId.isEmpty()) {
            return Optional.of(GatewayRefusal.missing("isv.missing-app-id", "缺少AppID参数"));
        }
        if (sign.isEmpty()) {
            return Optional.of(GatewayRefusal.missing("isv.missing-signature", "缺少签名参数"));
        }
        if (signType.isEmpty()) {
            return Optional.of(GatewayRefusal.missing("isv.missing-signature-type", "缺少签名类型参数"));
        }
        if (!appId.equals(merchant.appId())) {
            return Optional.of(GatewayRefusal.invalid("isv.invalid-app-id", "无效的AppID参数"));
        }
        if (!signType.equals("RSA2")) {
            return Optional.of(GatewayRefusal.invalid("isv.invalid-signature-type", "无效的签名类型"));
        }
        if (!Rsa2.verifies(Rsa2.text(parameters, "sign"), sign, keys.application())) {
            return Optional.of(GatewayRefusal.invalid("isv.invalid-signature", "验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配"));
        }
        return Optional.empty();
    }
}
