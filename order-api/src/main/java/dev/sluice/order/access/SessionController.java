package dev.sluice.order.access;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import dev.sluice.edge.ClientAddress;
import dev.sluice.edge.Hosts;
import dev.sluice.edge.OwnOrigin;
import dev.sluice.edge.access.InstanceRateLimits;
import dev.sluice.edge.access.Role;
import dev.sluice.edge.access.SessionCookie;
import dev.sluice.edge.access.TokenSources;
import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.event.value.UserId;
import dev.sluice.order.answer.OrderCode;

/// Sessions in a browser: a host's page hands over the token of its user, and the browser keeps it in a cookie. The server keeps nothing.
@RestController
class SessionController {
    private static final String FIRST_PAGE = "/";
    private static final List<String> PAGES = List.of(FIRST_PAGE, "/admin");

    private final SessionTokens tokens;
    private final InstanceRateLimits limits;
    private final ClientAddress clientAddress;
    private final Hosts hosts;
    private final Clock clock;

    SessionController(SessionTokens tokens, InstanceRateLimits limits, ClientAddress clientAddress, @Value("${sluice.hosts}") String hosts,
            Clock clock) {
        this.tokens = tokens;
        this.limits = limits;
        this.clientAddress = clientAddress;
        this.hosts = Hosts.of(hosts);
        this.clock = clock;
    }

    /// @param roles     `operator`, `admin`, `auditor`
    /// @param expiresAt when the token expires
    record Self(UserId user, List<String> roles, @Nullable Instant expiresAt) {}

    /// Begins a session. If any page could do so, it could make its visitor a user of its choice.
    @PostMapping("/session")
    Mono<ResponseEntity<Void>> begin(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        count(request);
        String origin = senderOf(request);
        return exchange.getFormData().flatMap(form -> {
            String page = field(form, "page").orElse(FIRST_PAGE);
            String token = field(form, "token").orElseThrow(() -> Refusal.of(EdgeCode.MALFORMED, "token").exception());
            if (!PAGES.contains(page)) {
                throw Refusal.of(EdgeCode.MALFORMED, "page").exception();
            }
            return tokens.expiryOf(token).map(expiry -> {
                SessionCookie.removals(request).forEach(cookie -> set(exchange, cookie));
                expiry.ifPresent(end -> set(exchange, SessionCookie.of(token, request, origin, until(end))));
                return answer(request, page, expiry.isPresent());
            });
        });
    }

    private Duration until(Instant end) {
        return Duration.between(clock.instant(), end);
    }

    /// A form shows the page in any case: without a session, the page explains what to do.
    private static ResponseEntity<Void> answer(ServerHttpRequest request, String page, boolean begun) {
        if (!TokenSources.isOfOurPages(request)) {
            return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(page)).build();
        }
        if (!begun) {
            throw Refusal.of(EdgeCode.UNAUTHENTICATED).exception();
        }
        return ResponseEntity.noContent().build();
    }

    /// Ends a session. No page of another site can send the header.
    @DeleteMapping("/session")
    ResponseEntity<Void> end(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        count(request);
        if (!TokenSources.isOfOurPages(request)) {
            throw Refusal.of(EdgeCode.FORBIDDEN).exception();
        }
        SessionCookie.removals(request).forEach(cookie -> set(exchange, cookie));
        return ResponseEntity.noContent().build();
    }

    /// Shows the caller's pages whose they are and what they may offer. What a caller may do is decided with each request.
    @GetMapping("/api/user/self")
    Shown<Self> self(JwtAuthenticationToken caller) {
        List<String> roles = Arrays.stream(Role.values()).filter(role -> caller.getAuthorities().contains(role.granted()))
                .map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
        return Shown.of(new Self(new UserId(((Caller) caller.getPrincipal()).user()), roles, caller.getToken().getExpiresAt()));
    }

    private static void set(ServerWebExchange exchange, ResponseCookie cookie) {
        exchange.getResponse().getCookies().set(cookie.getName(), cookie);
    }

    private void count(ServerHttpRequest request) {
        limits.admitStranger(clientAddress.of(request)).ifPresent(refusal -> {
            throw refusal.exception();
        });
    }

    private String senderOf(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        if (origin == null || !(hosts.contain(origin) || OwnOrigin.is(origin, headers.getFirst(HttpHeaders.HOST)))) {
            throw Refusal.of(OrderCode.ORIGIN_NOT_ALLOWED).exception();
        }
        return origin;
    }

    private static Optional<String> field(MultiValueMap<String, String> form, String name) {
        return Optional.ofNullable(form.getFirst(name)).filter(value -> !value.isEmpty());
    }
}
