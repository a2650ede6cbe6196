package dev.sluice.sandbox.alipay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;

/// What every call of the gateway needs besides a signature.
@Component
final class ProtocolCheck {
    /// Of `notify_url`.
    static final int MAX_URL_LENGTH = 256;

    private final Clock clock;
    private final Duration maxClockSkew;

    /// @param maxClockSkew how far the caller's clock may be off, either way
    ProtocolCheck(Clock clock, @Value("${sandbox.alipay.max-clock-skew:15m}") Duration maxClockSkew) {
        this.clock = clock;
        this.maxClockSkew = maxClockSkew;
    }

    /// @param methods the names of those there are
    Optional<GatewayRefusal> refusal(Map<String, String> parameters, Set<String> methods) {
        String charset = parameters.getOrDefault("charset", "");
        String format = parameters.getOrDefault("format", "");
        if (!charset.equalsIgnoreCase("utf-8")) {
            return Optional.of(GatewayRefusal.invalid("isv.invalid-charset", "字符集错误"));
        }
        if (!format.isEmpty() && !format.equalsIgnoreCase("json")) {
            return Optional.of(GatewayRefusal.invalid("isv.invalid-format", "无效的数据格式"));
        }
        return timestamp(parameters.getOrDefault("timestamp", ""))
                .or(() -> version(parameters.getOrDefault("version", "")))
                .or(() -> notifyUrl(parameters.getOrDefault("notify_url", "")))
                .or(() -> method(parameters.getOrDefault("method", ""), methods));
    }

    private Optional<GatewayRefusal> timestamp(String text) {
        if (text.isEmpty()) {
            return Optional.of(GatewayRefusal.missing("isv.missing-timestamp", "缺少时间戳参数"));
        }
        Instant now = clock.instant();
        boolean near = BeijingTime.SPACED
                .read(text)
                .filter(at -> Duration.between(at, now).abs().compareTo(maxClockSkew) <= 0)
                .isPresent();
        return near ? Optional.empty() : Optional.of(GatewayRefusal.invalid("isv.invalid-timestamp", "非法的时间戳参数"));
    }

    private static Optional<GatewayRefusal> version(String text) {
        if (text.isEmpty()) {
            return Optional.of(GatewayRefusal.missing("isv.missing-version", "缺少版本参数"));
        }
        return text.equals("1.0") ? Optional.empty() : Optional.of(GatewayRefusal.invalid("isv.invalid-parameter", "version无效"));
    }

    private static Optional<GatewayRefusal> notifyUrl(String text) {
        boolean fits = text.length() <= MAX_URL_LENGTH && NotifyUrls.read(text).isPresent();
        return text.isEmpty() || fits
                ? Optional.empty()
                : Optional.of(GatewayRefusal.invalid("isv.invalid-parameter", "notify_url无效"));
    }

    private static Optional<GatewayRefusal> method(String name, Set<String> methods) {
        if (name.isEmpty()) {
            return Optional.of(GatewayRefusal.missing("isv.missing-method", "缺少方法名参数"));
        }
        return methods.contains(name)
                ? Optional.empty()
                : Optional.of(GatewayRefusal.invalid("isv.invalid-method", "不存在的方法名"));
    }
}
