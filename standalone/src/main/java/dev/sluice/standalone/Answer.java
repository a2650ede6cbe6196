package dev.sluice.standalone;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/// A server's own answer. The refusals are those of order-api, whichever server refuses.
record Answer(int status, String contentType, String body) {
    static final Answer MALFORMED = json(400, "{\"message\":\"error\",\"data\":\"参数错误\",\"code\":\"MALFORMED\"}");
    static final Answer NOT_FOUND = json(404, "{\"message\":\"error\",\"data\":\"不存在\",\"code\":\"NOT_FOUND\"}");
    static final Answer UNAVAILABLE = json(503, "{\"message\":\"error\",\"data\":\"系统繁忙，请稍后重试\",\"code\":\"UNAVAILABLE\"}");

    static Answer json(int status, String body) {
        return new Answer(status, "application/json", body);
    }

    Publisher<Void> to(HttpServerResponse response) {
        response.status(status).header("Content-Type", contentType);
        return response.send(Mono.fromSupplier(() -> Unpooled.copiedBuffer(body, StandardCharsets.UTF_8)));
    }
}
