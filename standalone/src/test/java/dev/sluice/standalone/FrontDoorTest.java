package dev.sluice.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.sluice.edge.TrustedProxies;

import static org.assertj.core.api.Assertions.assertThat;

class FrontDoorTest {
    private final CountDownLatch secondPiece = new CountDownLatch(1);
    private HttpServer app;
    private FrontDoor door;
    private HttpClient http;

    @BeforeEach
    void open() throws IOException {
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        app.createContext("/api/echo", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("X-Seen", exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().get("X-Forwarded-For"));
            exchange.sendResponseHeaders(201, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        app.createContext("/api/stream/events", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                secondPiece.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.getResponseBody().write("second\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        app.start();
        door = door("");
        http = HttpClient.newHttpClient();
    }

    private FrontDoor door(String trustedProxies) {
        return FrontDoor.open(new InetSocketAddress(0), List.of(new FrontDoor.Room("app", app.getAddress().getPort(), List.of("/api/"))),
                TrustedProxies.of(trustedProxies));
    }

    @AfterEach
    void close() {
        http.close();
        door.close();
        app.stop(0);
    }

    @Test
    void passesARequestOnAndItsAnswerBack() throws Exception {
        byte[] body = new byte[3_000_000];
        new Random(1).nextBytes(body);

        var answer = http.send(
                request("/api/echo?a=%2F&b=%E5%85%85").header("X-Forwarded-For", "1.2.3.4")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("X-Seen")).as("the door alone says where it came from")
                .hasValue("POST /api/echo?a=%2F&b=%E5%85%85 [127.0.0.1]");
    }

    @Test
    void takesAProxysWordOnWhereARequestCameFromAndPassesOneAddressOn() throws Exception {
        door.close();
        door = door("127.0.0.0/8,10.0.0.7");

        var answer = http.send(
                request("/api/echo").header("X-Forwarded-For", "1.2.3.4, 203.0.113.9").header("X-Forwarded-For", "10.0.0.7").build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("X-Seen")).hasValue("GET /api/echo [203.0.113.9]");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        var answer = http.send(request("/api/echo").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void letsEachPieceOfAStreamThroughAsItComes() throws Exception {
        var answer = http.send(request("/api/stream/events").build(), HttpResponse.BodyHandlers.ofLines());
        var lines = answer.body().iterator();

        assertThat(lines.next()).as("while the second is not even written").isEqualTo("first");
        secondPiece.countDown();
        assertThat(lines.next()).isEqualTo("second");
    }

    @Test
    void saysWhenAnAppIsAway() throws Exception {
        app.stop(0);

        var answer = http.send(request("/api/echo").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"UNAVAILABLE\"");
        assertThat(http.send(request("/readyz").build(), HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(503);
        assertThat(http.send(request("/livez").build(), HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesATargetThatIsNoPath() throws Exception {
        for (String target : List.of("/api/%zz", "http://elsewhere/api/echo", "*")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write(("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).as(target).startsWith("HTTP/1.1 4").doesNotContain("Exception");
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path));
    }
}
