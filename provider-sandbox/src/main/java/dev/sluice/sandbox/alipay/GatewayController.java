package dev.sluice.sandbox.alipay;

import java.util.Objects;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.RawBody;
import dev.sluice.sandbox.fault.FaultyResponses;

import static java.nio.charset.StandardCharsets.UTF_8;

/// `/gateway.do`. Like the real gateway it says with HTTP 200 and as `text/html` whatever it says in JSON.
@RestController
final class GatewayController {
    private static final MediaType HTML = new MediaType("text", "html", UTF_8);

    private final Gateway gateway;
    private final FaultyResponses answers;

    GatewayController(Gateway gateway, FaultyResponses answers) {
        this.gateway = gateway;
        this.answers = answers;
    }

    @PostMapping("/gateway.do")
    ResponseEntity<byte[]> call(ServerHttpRequest request) {
        String query = Objects.requireNonNullElse(request.getURI().getRawQuery(), "");
        String form = new String(RawBody.read(request), UTF_8);
        GatewayReply reply = gateway.answer(query, form);
        return answers.respond(reply.number(), HTML, reply.json());
    }
}
