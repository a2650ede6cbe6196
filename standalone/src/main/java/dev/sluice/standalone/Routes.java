package dev.sluice.standalone;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.provider.PaymentChannels;

/// Which paths belong to which app: in the [PublicServer], and in the reverse proxy of separate processes.
final class Routes {
    private static final String SANDBOX = "provider-sandbox";
    private static final String ORDER_API = "order-api";
    private static final int NONE = -1;
    private static final String PAYERS_PAGE = "/";
    /// Operators' pages. The reverse proxy, which has the public name, has no such route.
    private static final String CONSOLE = "/admin";
    /// Prefixes of paths, by app; `/` is that path alone. Of two, the longer one counts.
    static final Map<String, List<String>> BY_APP = Map
            .of(
                    ORDER_API,
                    List.of(PAYERS_PAGE, "/assets/", "/sluice-topup.js", "/session", "/api/user/", "/api/link/", "/api/option",
                            "/api/topup", "/v3/api-docs"),
                    "notify-gateway",
                    PaymentChannels.installed().all().stream().map(channel -> "/api/" + channel.provider().code() + "/").toList(),
                    "reconciler",
                    List.of("/api/reconcile", "/api/audit"),
                    "recharge-worker",
                    List.of("/api/audit/proof"),
                    SANDBOX,
                    List.of("/pay/", "/secapi/", "/gateway.do", "/wallet", "/sandbox"));

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

    /// The app that a path belongs to, by its longest prefix.
    ///
    /// @param routes by app
    static Optional<String> owner(Map<String, List<String>> routes, String path) {
        return routes.keySet().stream().filter(app -> length(routes, app, path) > NONE)
                .max(Comparator.comparingInt(app -> length(routes, app, path)));
    }

    private static int length(Map<String, List<String>> routes, String app, String path) {
        return Objects.requireNonNull(routes.get(app)).stream()
                .filter(route -> route.equals(PAYERS_PAGE) ? path.equals(route) : path.startsWith(route)).mapToInt(String::length).max()
                .orElse(NONE);
    }
}
