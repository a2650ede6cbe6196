package dev.sluice.sandbox;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Refuses what pages of other sites send through a browser on this machine, unless it only reads. The sandbox obeys every program, but
/// a page that a developer happens to visit must not pay orders or switch faults.
@Component
final class OwnOriginFilter implements WebFilter {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final byte[] REFUSAL = """
            {"code":"FOREIGN_ORIGIN","message":"A page of another site sent this. Send it from a page of this address, or from a program."}"""
            .getBytes(UTF_8);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (READING.contains(exchange.getRequest().getMethod()) || isOwn(headers.getFirst(HttpHeaders.ORIGIN), headers)) {
            return chain.filter(exchange);
        }
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.FORBIDDEN);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(REFUSAL)));
    }

    /// Programs send no origin; browsers do with everything that this filter looks at. A proxy that ends TLS changes the scheme, not the host.
    private static boolean isOwn(@Nullable String origin, HttpHeaders headers) {
        String host = headers.getFirst(HttpHeaders.HOST);
        return origin == null || origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }
}
