package dev.sluice.order.access;

import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import dev.sluice.edge.ClientAddress;
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.Caller;
import dev.sluice.order.answer.ErrorAnswers;
import dev.sluice.order.answer.Refusal;

/// Limits all requests by [InstanceRateLimits]. Callers with a role are few and known, and are not counted.
class RateLimitFilter implements WebFilter {
    private final InstanceRateLimits limits;
    private final ClientAddress clientAddress;
    private final ErrorAnswers errors;

    RateLimitFilter(InstanceRateLimits limits, ClientAddress clientAddress, ErrorAnswers errors) {
        this.limits = limits;
        this.clientAddress = clientAddress;
        this.errors = errors;
    }

    /// Counts signed-in callers. It runs after authentication, when the caller is known.
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getPrincipal()
                .ofType(JwtAuthenticationToken.class)
                .filter(caller -> !Callers.haveRole(caller))
                .flatMap(caller -> Mono.justOrEmpty(
                        limits.admit(((Caller) caller.getPrincipal()).userId(), clientAddress.of(exchange.getRequest()))))
                .map(refusal -> errors.write(exchange, refusal))
                .defaultIfEmpty(chain.filter(exchange))
                .flatMap(answer -> answer);
    }

    /// Refuses callers without a valid token, and counts them.
    Mono<Void> refuse(ServerWebExchange exchange) {
        return errors.write(exchange,
                limits.admitStranger(clientAddress.of(exchange.getRequest())).orElse(Refusal.of(AnswerCode.UNAUTHENTICATED)));
    }
}
