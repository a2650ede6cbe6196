package dev.sluice.standalone;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.provider.PaymentChannels;

/// Which paths belong to which app: in the [PublicServer], and in the reverse proxy of separate processes.
final class Routes {
    private static final String SANDBOX = "provider-sandbox";
    private static final String ORDER_API = "order-api";
    private static final String PAYERS_PAGE = "/";
    /// Operators' pages. The reverse proxy, which has the public name, has no such route.
    private static final String CONSOLE = "/admin";
    /// Prefixes of paths, by app; `/` is that path alone. `recharge-worker` and `reconciler` have none.
    static final Map<String, List<String>> BY_APP = Map
            .of(
                    ORDER_API,
                    List.of(PAYERS_PAGE, "/assets/", "/sluice-topup.js", "/session", "/api/user/", "/api/link/", "/api/option",
                            "/api/topup", "/v3/api-docs"),
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

    /// Those that the [PublicServer] has.
    static List<String> served(String app) {
        return app.equals(ORDER_API) ? Stream.concat(of(app).stream(), Stream.of(CONSOLE)).toList() : of(app);
    }

    /// Whether a path is one of these routes.
    static boolean include(List<String> routes, String path) {
        return routes.stream().anyMatch(route -> route.equals(PAYERS_PAGE) ? path.equals(route) : path.startsWith(route));
    }
}
