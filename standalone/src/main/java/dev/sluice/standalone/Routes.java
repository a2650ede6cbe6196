package dev.sluice.standalone;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Which paths belong to which app: behind the [FrontDoor], and behind the reverse proxy of separate processes.
final class Routes {
    /// Prefixes of paths, by app. `recharge-worker` is asked nothing.
    static final Map<String, List<String>> BY_APP = Map
            .of(
                    "order-api",
                    List.of("/api/user/", "/api/option", "/api/topup"),
                    "notify-gateway",
                    List.of("/api/wechat/", "/api/alipay/"),
                    "reconciler",
                    List.of("/api/reconcile/", "/api/audit/"),
                    "provider-sandbox",
                    List.of("/pay/", "/gateway.do", "/wallet", "/sandbox"));

    private Routes() {}

    static List<String> of(String app) {
        return Objects.requireNonNull(BY_APP.get(app), app);
    }
}
