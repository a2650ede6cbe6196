package dev.sluice.sandbox;

import java.time.Clock;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Says with every answer what time it is here, as the real gateways do: merchants compare their clock with it.
@Component
final class DateHeader implements WebFilter {
    private final Clock clock;

    DateHeader(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().getHeaders().setDate(clock.millis());
        return chain.filter(exchange);
    }
}
