package dev.sluice.event.value;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Who takes the payer's money. The name in upper case is what the log says; [#method()] is what front ends say.
public enum Provider {
    WECHAT, ALIPAY;

    /// The `payment_method` of the HTTP interface: `wechat` or `alipay`.
    public String method() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The provider that a front end means by `method`, exactly as written, or nothing.
    public static Optional<Provider> ofMethod(String method) {
        return Arrays.stream(values()).filter(provider -> provider.method().equals(method)).findFirst();
    }
}
