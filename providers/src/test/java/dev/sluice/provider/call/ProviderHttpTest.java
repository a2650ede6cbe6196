package dev.sluice.provider.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProviderHttpTest {
    private static final byte[] BODY = "x".getBytes(StandardCharsets.UTF_8);

    private final ProviderHttp http = new ProviderHttp(Duration.ofSeconds(5), new OwnHosts(List.of(".provider.example")));
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop(0);
    }

    /// A gateway that redirects into our network gets no request sent there.
    @Test
    void followsNoRedirect() throws Exception {
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().add("Location", uri("/latest/meta-data").toString());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });

        assertThat(http.post(uri("/gateway.do"), "text/plain", BODY).status()).isEqualTo(302);
        assertThat(asked).containsExactly("/gateway.do");
    }

    @Test
    void readsNoAnswerWithoutEnd() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                for (int i = 0; i < 1000; i++) {
                    out.write(new byte[10_000]);
                }
            }
        });

        assertThatThrownBy(() -> http.post(uri("/"), "text/plain", BODY)).isInstanceOf(ProviderHttp.SilenceException.class);
    }

    @Test
    void aCallInFlightEndsThoughTheConnectionIsClosed() throws Exception {
        var arrived = new CountDownLatch(1);
        var mayAnswer = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            arrived.countDown();
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        var call = CompletableFuture.supplyAsync(() -> {
            try {
                return http.post(uri("/"), "text/plain", BODY).status();
            } catch (ProviderHttp.SilenceException e) {
                return -1;
            }
        });
        arrived.await();

        http.close();
        mayAnswer.countDown();

        assertThat(call.get()).isEqualTo(200);
        assertThatThrownBy(() -> http.post(uri("/"), "text/plain", BODY)).isInstanceOf(ProviderHttp.SilenceException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
            "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1"})
    void aProvidersOwnNameDoesNotLeadIntoOurNetwork(String address) {
        assertThatThrownBy(() -> OwnHosts.check("api.provider.example", InetAddress.getByName("8.8.8.8"), InetAddress.getByName(address)))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aPublicAddressAndAHostThatTheEnvironmentAllowedAreAsked() {
        assertThatCode(
                () -> OwnHosts.check("api.provider.example", InetAddress.getByName("8.8.8.8"), InetAddress.getByName("2001:4860::1")))
                .doesNotThrowAnyException();
        assertThatCode(() -> new OwnHosts(List.of(".provider.example")).check("127.0.0.1")).doesNotThrowAnyException();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }
}
