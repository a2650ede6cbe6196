package dev.sluice.order.access;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.oauth2.jwt.BadJwtException;
import reactor.core.publisher.Mono;

import dev.sluice.edge.ClientAddress;
import dev.sluice.edge.TrustedProxies;
import dev.sluice.edge.access.Callers;
import dev.sluice.edge.access.InstanceRateLimits;
import dev.sluice.edge.access.TokenSettings;

import static org.assertj.core.api.Assertions.assertThatException;

class SessionLimitsTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);
    private static final String HOME = "192.0.2.1";
    /// The most calls in a minute.
    private static final int CALLS_WITHOUT_TOKEN = 1_200;

    /// Whatever becomes of it: a session costs a verification.
    @Test
    void handingATokenOverIsACallWithoutOne() {
        var claims = new TokenSettings("", "", "", new TokenSettings.Claim("sub", "group", "role"),
                new TokenSettings.RoleName("operator", "admin", "auditor"));
        var tokens = new SessionTokens(_ -> Mono.error(new BadJwtException("none is valid")), new Callers(claims));
        var limits = new InstanceRateLimits(NOW);
        var sessions = new SessionController(tokens, limits, new ClientAddress(TrustedProxies.NONE, Clock.systemUTC()), "",
                Clock.systemUTC());
        var request = MockServerHttpRequest.post("/session").remoteAddress(new InetSocketAddress(HOME, 1)).build();
        for (int i = 0; i < CALLS_WITHOUT_TOKEN; i++) {
            assertThatException().isThrownBy(() -> sessions.begin(MockServerWebExchange.from(request)))
                    .withMessage("ORIGIN_NOT_ALLOWED");
        }

        assertThatException().isThrownBy(() -> sessions.begin(MockServerWebExchange.from(request))).withMessage("TOO_MANY_FROM_ADDRESS");
        assertThatException().isThrownBy(() -> sessions.end(MockServerWebExchange.from(request))).withMessage("TOO_MANY_FROM_ADDRESS");
    }
}
