package dev.sluice.edge.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

import dev.sluice.edge.HostName;

/// The cookie in which a browser keeps the token of its user: out of reach of scripts, and not sent with requests that pages of other sites
/// make. It has two names. The one with the prefix is accepted by browsers over https only and from no other host, so that no neighbouring
/// subdomain can set it. On this machine without TLS, such a cookie cannot be set.
public final class SessionCookie {
    private static final String NAME = "__Host-sluice-session";
    private static final String NAME_WITHOUT_TLS = "sluice-session";

    private SessionCookie() {}

    /// Whether a request has one; whether its token is valid is another question.
    public static boolean isIn(ServerHttpRequest request) {
        return tokenOf(request).isPresent();
    }

    /// The token in a request's cookie.
    static Optional<String> tokenOf(ServerHttpRequest request) {
        return names(request).flatMap(name -> request.getCookies().getOrDefault(name, List.of()).stream()).map(HttpCookie::getValue)
                .filter(Predicate.not(String::isEmpty)).findFirst();
    }

    /// The cookie of a session.
    ///
    /// @param origin of the page that sent the token
    /// @param life   until the token expires
    public static ResponseCookie of(String token, ServerHttpRequest request, String origin, Duration life) {
        return origin.startsWith("http:") && isOnThisMachine(request) ? cookie(NAME_WITHOUT_TLS, token, life) : cookie(NAME, token, life);
    }

    /// Each removes one of the cookies that the request may have.
    public static Stream<ResponseCookie> removals(ServerHttpRequest request) {
        return names(request).map(name -> cookie(name, "", Duration.ZERO));
    }

    private static ResponseCookie cookie(String name, String token, Duration life) {
        return ResponseCookie.from(name, token).httpOnly(true).secure(name.equals(NAME)).sameSite("Lax").path("/").maxAge(life).build();
    }

    private static Stream<String> names(ServerHttpRequest request) {
        return isOnThisMachine(request) ? Stream.of(NAME, NAME_WITHOUT_TLS) : Stream.of(NAME);
    }

    private static boolean isOnThisMachine(ServerHttpRequest request) {
        return HostName.isLoopback(HostName.of(request.getHeaders().getFirst("Host")));
    }
}
