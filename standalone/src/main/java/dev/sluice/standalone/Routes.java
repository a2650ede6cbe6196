package dev.sluice.standalone;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sluice.provider.PaymentChannels;

/// Which paths belong to which app: in the [PublicServer], and in the reverse proxy of separate processes.
final class Routes {
    private static final String SANDBOX = "provider-sandbox";
    /// Prefixes of paths, by app. `recharge-worker` and `reconciler` have none.
    static final Map<String, List<String>> BY_APP = Map
            .of(
                    "order-api",
                    List.of("/api/user/", "/api/option", "/api/topup", "/v3/api-docs"),
                    "notify-gateway",
                    PaymentChannels.installed().all().stream().map(channel -> "/api/" + channel.provider().code() + "/").toList(),
                    SANDBOX,
                    List.of("/pay/", "/gateway.do", "/wallet", "/sandbox"));

    private Routes() {}

    /// The apps that have routes.
    static Set<String> apps(boolean withSandbox) {
        return BY_APP.keySet().stream().filter(app -> withSandbox || !app.equals(SANDBOX)).collect(Collectors.toSet());
    }

    static List<String> of(String app) {
        return Objects.requireNonNull(BY_APP.get(app), app);
    }
}
