package dev.sluice.order.page;

import java.util.List;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import dev.sluice.edge.Hosts;

/// What scripts of hosts may read across origins: payers' routes, with a token in a header. Credentials that a browser adds by itself are
/// never permitted. Spring's own filter compares the origin with the scheme of the request, which is not that of the page when TLS ends in
/// front of this server.
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class HostAccess implements WebFilter {
    private static final List<String> PATHS = List.of("/api/user/", "/api/link/", "/sluice-topup.js");
    private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.POST);
    private static final List<String> REQUEST_HEADERS = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, "Idempotency-Key",
            "Last-Event-ID");
    private static final List<String> ANSWER_HEADERS = List.of(HttpHeaders.RETRY_AFTER, HttpHeaders.DATE);

    private final Hosts hosts;

    HostAccess(Hosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (hosts.origins().isEmpty() || PATHS.stream().noneMatch(request.getPath().value()::startsWith)) {
            return chain.filter(exchange);
        }
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        String origin = request.getHeaders().getFirst(HttpHeaders.ORIGIN);
        if (origin == null || !hosts.contain(origin)) {
            return chain.filter(exchange);
        }
        headers.setAccessControlAllowOrigin(origin);
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            headers.setAccessControlAllowMethods(METHODS);
            headers.setAccessControlAllowHeaders(REQUEST_HEADERS);
            headers.setAccessControlMaxAge(Limits.PERMISSION_KEPT);
            exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
            return exchange.getResponse().setComplete();
        }
        headers.setAccessControlExposeHeaders(ANSWER_HEADERS);
        return chain.filter(exchange);
    }
}
