package dev.sluice.edge.access;

import java.util.Optional;

import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import dev.sluice.edge.ClientAddress;
import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.ErrorAnswers;
import dev.sluice.edge.answer.Refusal;

/// Limits all requests by [InstanceRateLimits].
class RateLimitFilter implements WebFilter {
    private final InstanceRateLimits limits;
    private final ClientAddress clientAddress;
    private final ErrorAnswers errors;
    private final AppRoutes routes;

    RateLimitFilter(InstanceRateLimits limits, ClientAddress clientAddress, ErrorAnswers errors, AppRoutes routes) {
        this.limits = limits;
        this.clientAddress = clientAddress;
        this.errors = errors;
        this.routes = routes;
    }

    /// Counts signed-in callers, and all others who need no token. It runs after authentication, when the caller is known.
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getPrincipal()
                .ofType(JwtAuthenticationToken.class)
                .map(caller -> admit(caller, exchange))
                .switchIfEmpty(Mono.fromCallable(() -> admitStranger(exchange)))
                .flatMap(Mono::justOrEmpty)
                .map(refusal -> errors.write(exchange, refusal))
                .defaultIfEmpty(chain.filter(exchange))
                .flatMap(answer -> answer);
    }

    private Optional<Refusal> admit(JwtAuthenticationToken caller, ServerWebExchange exchange) {
        String user = ((Caller) caller.getPrincipal()).user();
        return Callers.haveRole(caller) ? limits.admitRole(user) : limits.admit(user, clientAddress.of(exchange.getRequest()));
    }

    /// Counts a call to a route that needs no token and reads the database.
    private Optional<Refusal> admitStranger(ServerWebExchange exchange) {
        return routes.countWithoutToken(exchange.getRequest().getPath().value())
                ? limits.admitStranger(clientAddress.of(exchange.getRequest()))
                : Optional.empty();
    }

    /// Refuses callers without a valid token, and counts them.
    Mono<Void> refuse(ServerWebExchange exchange) {
        return errors.write(exchange,
                limits.admitStranger(clientAddress.of(exchange.getRequest())).orElse(Refusal.of(EdgeCode.UNAUTHENTICATED)));
    }
}
