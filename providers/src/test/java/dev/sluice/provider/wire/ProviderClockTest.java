package dev.sluice.provider.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.sluice.provider.TricklingGateway;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("zone")
class ProviderClockTest {
    private static final Duration TICK = Duration.ofSeconds(2);

    @Test
    void tellsHowFarWeAreAheadOrBehind() throws Exception {
        HttpServer server = server();
        URI gateway = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/gateway.do");
        for (Duration skew : new Duration[]{Duration.ZERO, Duration.ofMinutes(10), Duration.ofMinutes(-3)}) {
            try (var clock = new ProviderClock(Clock.offset(Clock.systemUTC(), skew))) {
                assertThat(clock.skew(gateway).orElseThrow().minus(skew).abs()).as(skew.toString()).isLessThan(TICK);
            }
        }
        server.stop(0);
    }

    @Test
    void nothingIsKnownWithoutAnAnswerOrWithAnEndlessOne() throws Exception {
        var clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        HttpServer away = server();
        URI gateway = URI.create("http://127.0.0.1:" + away.getAddress().getPort());
        away.stop(0);
        try (var slow = new TricklingGateway(); var provider = new ProviderClock(clock)) {
            assertThat(provider.skew(gateway)).isEmpty();
            assertThat(provider.skew(slow.uri())).as("no Date header").isEmpty();
        }
    }

    /// The JDK's server dates every answer.
    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(405, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
