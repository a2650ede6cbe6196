package dev.sluice.order;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;

/// An answer of a simulated provider, byte by byte.
public final class GivenAnswer {
    private final int status;
    private final String type;
    private final byte[] body;

    /// @param type its `Content-Type`; empty for none
    public GivenAnswer(int status, String type, byte[] body) {
        this.status = status;
        this.type = type;
        this.body = body.clone();
    }

    public static GivenAnswer of(int status, String type, String body) {
        return new GivenAnswer(status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    public static GivenAnswer of(String body, Charset charset) {
        return new GivenAnswer(200, "text/plain", body.getBytes(charset));
    }

    void send(HttpExchange exchange) throws IOException {
        if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public String toString() {
        return status + " " + type + " " + new String(body, StandardCharsets.ISO_8859_1);
    }
}
