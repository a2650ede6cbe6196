package dev.sluice.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A merchant's notify address on loopback: keeps what it receives and gives the answers it was given, then always `last`.
public final class NotificationReceiver implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final HttpServer server;
    private final String last;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Notification> notifications = new LinkedBlockingQueue<>();

    public NotificationReceiver(String last) throws IOException {
        this.last = last;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/notify", this::answer);
        server.start();
    }

    public NotificationReceiver firstAnswering(String answer) {
        answers.add(answer);
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/notify";
    }

    /// Waits for the next notification.
    public Notification next() throws InterruptedException {
        Notification notification = notifications.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (notification == null) {
            throw new AssertionError("no notification within " + PATIENCE_SECONDS + " s");
        }
        return notification;
    }

    /// Waits whether another notification comes.
    public boolean staysSilentFor(Duration time) throws InterruptedException {
        return notifications.poll(time.toMillis(), TimeUnit.MILLISECONDS) == null;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        @Nullable
        String scripted = answers.poll();
        byte[] answer = (scripted == null ? last : scripted).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
        notifications.add(new Notification(exchange.getRequestHeaders().getFirst("Content-Type"), body));
    }

    /// One notification as received.
    public record Notification(@Nullable String contentType, String body) {}
}
