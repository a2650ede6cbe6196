package dev.sluice.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/// `X-Forwarded-For` of a proxy that is not named in SLUICE_TRUSTED_PROXIES.
class ForwardedForTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final TrustedProxies OURS = TrustedProxies.of("10.0.0.0/8");
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();

    @BeforeEach
    void listen() {
        warnings.start();
        ((Logger) LoggerFactory.getLogger(ClientAddress.class)).addAppender(warnings);
    }

    @AfterEach
    void stop() {
        ((Logger) LoggerFactory.getLogger(ClientAddress.class)).detachAppender(warnings);
    }

    @Test
    void warnsOnceAnHourOfAProxyThatIsNotTrusted() {
        ClientAddress addresses = at(NOW);

        for (int i = 0; i < 100; i++) {
            assertThat(addresses.of(from("172.18.0.5", "203.0.113.9"))).isEqualTo("172.18.0.5");
        }

        assertThat(warnings.list).singleElement()
                .satisfies(warning -> assertThat(warning.getFormattedMessage()).contains("SLUICE_TRUSTED_PROXIES"));
        assertThat(warnings.list.getFirst().getKeyValuePairs()).anyMatch(pair -> "172.18.0.5".equals(pair.value));
    }

    @Test
    void saysNothingOfTrustedProxiesAndOfCallersWithoutTheHeader() {
        ClientAddress addresses = at(NOW);

        assertThat(addresses.of(from("10.0.0.1", "203.0.113.9"))).isEqualTo("203.0.113.9");
        assertThat(addresses.of(from("203.0.113.9"))).isEqualTo("203.0.113.9");

        assertThat(warnings.list).isEmpty();
    }

    private static ClientAddress at(Instant now) {
        return new ClientAddress(OURS, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static MockServerHttpRequest from(String peer, String... forwardedFor) {
        return MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(peer), 1))
                .header("X-Forwarded-For", forwardedFor).build();
    }
}
