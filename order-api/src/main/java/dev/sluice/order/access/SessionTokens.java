package dev.sluice.order.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import dev.sluice.edge.access.Callers;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.order.answer.OrderCode;

/// Verifies a token for a session as it would be verified in the header `Authorization`.
@Component
class SessionTokens {
    /// What a token in compact form consists of.
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_.-]+");

    private final ReactiveJwtDecoder decoder;
    private final Callers callers;

    SessionTokens(ReactiveJwtDecoder decoder, Callers callers) {
        this.decoder = decoder;
        this.callers = callers;
    }

    /// When the token expires; empty when it is not valid. Fails with a refusal when it cannot be verified now, or would not fit into a
    /// cookie.
    Mono<Optional<Instant>> expiryOf(String token) {
        if (token.length() > Limits.SESSION_TOKEN_LENGTH) {
            return Mono.error(Refusal.of(OrderCode.TOKEN_TOO_LONG, Limits.SESSION_TOKEN_LENGTH).exception());
        }
        if (!COMPACT.matcher(token).matches()) {
            return Mono.just(Optional.empty());
        }
        return decoder.decode(token).map(this::expiry)
                .onErrorResume(e -> e instanceof BadJwtException || e instanceof InvalidBearerTokenException,
                        _ -> Mono.just(Optional.empty()))
                // The issuer is away: the token may be a good one.
                .onErrorMap(JwtException.class,
                        _ -> Refusal.outage().exception());
    }

    /// Of a token that names a user.
    private Optional<Instant> expiry(Jwt token) {
        Objects.requireNonNull(callers.authenticated(token));
        return Optional.ofNullable(token.getExpiresAt());
    }
}
