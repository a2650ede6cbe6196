package dev.sluice.edge.access;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.edge.ClientAddress;
import dev.sluice.edge.TrustedProxies;
import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.ErrorAnswers;
import dev.sluice.edge.answer.Outages;
import dev.sluice.edge.answer.Refusal;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceRateLimitsTest {
    private static final String USER = "1";
    private static final AppRoutes NO_ROUTES = _ -> {};
    private static final String HOME = "192.0.2.1";

    private final InstanceRateLimits limits = new InstanceRateLimits(Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC));

    @Test
    void refusesAUserWhoCallsWithoutEndAndNobodyElse() {
        for (int i = 0; i < Limits.CALLS_OF_A_USER; i++) {
            assertThat(limits.admit(USER, HOME)).isEmpty();
        }

        Refusal refusal = limits.admit(USER, "198.51.100.1").orElseThrow();
        assertThat(refusal.message()).isEqualTo(EdgeCode.TOO_MANY_REQUESTS);
        assertThat(refusal.retryAfter()).as("a tenth of a second for each of 600 a minute").contains(Duration.ofMillis(100));
        assertThat(limits.admit("2", HOME)).isEmpty();
    }

    /// A stolen token must not fill the log at once.
    @Test
    void refusesACallerWithARoleWhoCallsWithoutEnd() {
        RateLimitFilter count = new RateLimitFilter(limits, new ClientAddress(TrustedProxies.NONE, Clock.systemUTC()),
                new ErrorAnswers(JsonMapper.shared(), new Outages(Set.of())), NO_ROUTES);
        var token = new JwtAuthenticationToken(Jwt.withTokenValue("t").header("alg", "none").claim("sub", "1").build(),
                new Caller(USER, ""), List.of(Role.OPERATOR.granted()));

        List<HttpStatusCode> answers = new ArrayList<>();
        for (int i = 0; i <= Limits.CALLS_OF_A_ROLE; i++) {
            var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/topup"));
            count.filter(exchange.mutate().principal(Mono.just(token)).build(), _ -> Mono.empty()).block();
            answers.add(exchange.getResponse().getStatusCode());
        }

        assertThat(answers.getLast()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(answers.subList(0, answers.size() - 1)).doesNotContain(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(limits.admit(USER, HOME)).as("counted apart").isEmpty();
    }

    @Test
    void refusesAnAddressThatCallsWithoutEnd() {
        for (int i = 0; i < Limits.CALLS_OF_AN_ADDRESS; i++) {
            assertThat(limits.admit("n" + i, "2001:db8:0:1:0:0:0:" + Integer.toHexString(i))).isEmpty();
        }

        assertThat(limits.admit(USER, "2001:db8:0:1:ffff:0:0:1")).map(Refusal::message).contains(EdgeCode.TOO_MANY_FROM_ADDRESS);
        assertThat(limits.admit(USER, "2001:db8:0:2:0:0:0:1")).isEmpty();
    }

    @Test
    void whoeverHasNoTokenMayNotAskWithoutEndEither() {
        RateLimitFilter count = new RateLimitFilter(limits, new ClientAddress(TrustedProxies.NONE, Clock.systemUTC()),
                new ErrorAnswers(JsonMapper.shared(), new Outages(Set.of())), NO_ROUTES);
        for (int i = 0; i < Limits.CALLS_WITHOUT_TOKEN - 1; i++) {
            assertThat(limits.admitStranger(HOME)).isEmpty();
        }

        assertThat(refused(count).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(refused(count).getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(refused(count).getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
    }

    /// On a campus, or behind a TLS terminator that is not trusted, a neighbour must not lock users out.
    @Test
    void callsWithoutATokenUseUpNothingOfTheUsersAtTheSameAddress() {
        for (int i = 0; i < Limits.CALLS_OF_AN_ADDRESS; i++) {
            limits.admitStranger(HOME);
        }

        assertThat(limits.admit(USER, HOME)).isEmpty();
    }

    private static MockServerHttpResponse refused(RateLimitFilter count) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/topup").remoteAddress(new InetSocketAddress(HOME, 1)));
        count.refuse(exchange).block();
        return exchange.getResponse();
    }

    @Test
    void aPageThatAsksEachSecondIsNeverRefused() {
        assertThat(Limits.CALLS_OF_A_USER).isGreaterThanOrEqualTo(5 * 60);
    }
}
