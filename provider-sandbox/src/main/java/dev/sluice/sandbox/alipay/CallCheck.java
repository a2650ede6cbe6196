package dev.sluice.sandbox.alipay;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.WebAddress;
import dev.sluice.sandbox.alipay.GatewayResult.Refusal;

/// What every call of the gateway needs, whatever its method.
@Component
record CallCheck(SandboxProperties properties, AlipaySignature signature, Clock clock) {
    /// Of `notify_url`.
    static final int MAX_URL_LENGTH = 256;

    /// The refusal of a call that does not come from the merchant's application.
    Optional<Refusal> stranger(Map<String, String> call) {
        return missing(call, "app_id", "isv.missing-app-id", "缺少AppID参数")
                .or(() -> missing(call, "sign", "isv.missing-signature", "缺少签名参数"))
                .or(() -> missing(call, "sign_type", "isv.missing-signature-type", "缺少签名类型参数"))
                .or(() -> unless(properties.alipay().appId().equals(call.get("app_id")), "isv.invalid-app-id", "无效的AppID参数"))
                .or(() -> unless("RSA2".equals(call.get("sign_type")), "isv.invalid-signature-type", "无效的签名类型"))
                .or(() -> unless(signature.verifies(call), "isv.invalid-signature", "验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配"));
    }

    /// The refusal of a call with wrong common parameters.
    ///
    /// @param methods the names of the known ones
    Optional<Refusal> malformed(Map<String, String> call, Set<String> methods) {
        String format = call.getOrDefault("format", "");
        String url = call.getOrDefault("notify_url", "");
        return unless(call.getOrDefault("charset", "").equalsIgnoreCase("utf-8"), "isv.invalid-charset", "字符集错误")
                .or(() -> unless(format.isEmpty() || format.equalsIgnoreCase("json"), "isv.invalid-format", "无效的数据格式"))
                .or(() -> missing(call, "timestamp", "isv.missing-timestamp", "缺少时间戳参数"))
                .or(() -> unless(isNear(call.getOrDefault("timestamp", "")), "isv.invalid-timestamp",
                        "非法的时间戳参数：应为北京时间（GMT+8），格式为yyyy-MM-dd HH:mm:ss，且与当前时间相近"))
                .or(() -> missing(call, "version", "isv.missing-version", "缺少版本参数"))
                .or(() -> unless("1.0".equals(call.get("version")), "isv.invalid-parameter", "version无效"))
                .or(() -> unless(url.isEmpty() || (url.length() <= MAX_URL_LENGTH && WebAddress.read(url).isPresent()),
                        "isv.invalid-parameter", "notify_url无效"))
                .or(() -> missing(call, "method", "isv.missing-method", "缺少方法名参数"))
                .or(() -> unless(methods.contains(call.getOrDefault("method", "")), "isv.invalid-method", "不存在的方法名"));
    }

    private boolean isNear(String timestamp) {
        return BeijingTime.SPACED
                .read(timestamp)
                .filter(at -> Duration.between(at, clock.instant()).abs().compareTo(properties.alipay().maxClockSkew()) <= 0)
                .isPresent();
    }

    private static Optional<Refusal> missing(Map<String, String> call, String name, String subCode, String subMsg) {
        return call.getOrDefault(name, "").isEmpty() ? Optional.of(Refusal.missing(subCode, subMsg)) : Optional.empty();
    }

    private static Optional<Refusal> unless(boolean valid, String subCode, String subMsg) {
        return valid ? Optional.empty() : Optional.of(Refusal.invalid(subCode, subMsg));
    }
}
