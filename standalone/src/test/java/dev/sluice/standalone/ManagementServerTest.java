package dev.sluice.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManagementServerTest {
    private final ManagementServer server = ManagementServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final HttpClient http = HttpClient.newHttpClient();

    private record App(String name, BooleanSupplier ready) implements ManagementServer.Observed {
        @Override
        public boolean isReady() {
            return ready.getAsBoolean();
        }

        @Override
        public String metrics() {
            if (!isReady()) {
                throw new IllegalStateException("its context is closed");
            }
            return "# TYPE up gauge\nup{application=\"" + name + "\"} 1\n";
        }
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void isReadyWhenEveryAppIs() throws Exception {
        server.observe(List.of(new App("order-api", () -> true), new App("notify-gateway", () -> true)));

        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("{\"status\":\"UP\",\"apps\":{\"notify-gateway\":\"UP\",\"order-api\":\"UP\"}}");
    }

    @Test
    void namesTheAppThatIsNotReady() throws Exception {
        server.observe(List.of(new App("order-api", () -> true), new App("notify-gateway", () -> false), new App("reconciler", () -> {
            throw new IllegalStateException("its context is closed");
        })));

        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body())
                .isEqualTo("{\"status\":\"DOWN\",\"apps\":{\"notify-gateway\":\"DOWN\",\"order-api\":\"UP\",\"reconciler\":\"DOWN\"}}");
        assertThat(get("/livez").statusCode()).as("a restart would not help").isEqualTo(200);
    }

    @Test
    void isNotReadyBeforeTheAppsHaveStarted() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void mergesTheMetricsOfTheAppsThatAnswer() throws Exception {
        server.observe(
                List.of(new App("order-api", () -> true), new App("reconciler", () -> false), new App("notify-gateway", () -> true)));

        assertThat(get("/metrics").body())
                .isEqualTo("# TYPE up gauge\nup{application=\"order-api\"} 1\nup{application=\"notify-gateway\"} 1\n");
    }

    @Test
    void answersNothingElse() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(404);
        assertThat(get("/api/user/quota").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
