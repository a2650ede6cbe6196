package dev.sluice.edge.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.edge.ClientAddress;
import dev.sluice.edge.TrustedProxies;
import dev.sluice.edge.answer.ErrorAnswers;
import dev.sluice.edge.answer.Outages;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitFilterTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);

    private static final class Links implements AppRoutes {
        @Override
        public void authorize(AuthorizeExchangeSpec exchanges) {
            exchanges.anyExchange().permitAll();
        }

        @Override
        public boolean countWithoutToken(String path) {
            return path.startsWith("/api/link/");
        }
    }

    private final AtomicInteger passed = new AtomicInteger();
    private final RateLimitFilter filter = new RateLimitFilter(new InstanceRateLimits(NOW),
            new ClientAddress(TrustedProxies.of(""), NOW), new ErrorAnswers(JsonMapper.shared(), new Outages(Set.of())), new Links());

    /// A link is opened without a token, and each call reads the database.
    @Test
    void countsTheCallsOfAnAddressThatOpenLinks() {
        for (int i = 0; i < Limits.CALLS_WITHOUT_TOKEN; i++) {
            call("/api/link/NONE" + (i % 2 == 0 ? "" : "/qr.svg"), "203.0.113.9");
        }
        assertThat(passed).hasValue((int) Limits.CALLS_WITHOUT_TOKEN);

        MockServerWebExchange refused = call("/api/link/NONE", "203.0.113.9");

        assertThat(refused.getResponse().getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(refused.getResponse().getHeaders().getFirst("Retry-After")).isNotNull();
        assertThat(passed).as("it went no further").hasValue((int) Limits.CALLS_WITHOUT_TOKEN);
        call("/api/link/NONE", "203.0.113.10");
        call("/v3/api-docs", "203.0.113.9");
        assertThat(passed).as("others, and what is no link, do").hasValue((int) Limits.CALLS_WITHOUT_TOKEN + 2);
    }

    private MockServerWebExchange call(String path, String address) {
        var exchange = MockServerWebExchange.from(
                MockServerHttpRequest.get(path).remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(address), 1)).build());
        filter.filter(exchange, _ -> Mono.fromRunnable(passed::incrementAndGet)).block();
        return exchange;
    }
}
