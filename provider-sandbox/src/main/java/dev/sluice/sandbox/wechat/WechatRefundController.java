package dev.sluice.sandbox.wechat;

import java.util.Map;
import java.util.function.Function;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.RawBody;
import dev.sluice.sandbox.fault.FaultyResponses;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The refunds of WeChat Pay v2.
@RestController
record WechatRefundController(WechatController calls, WechatRefunds refunds, FaultyResponses responses) {
    private static final MediaType XML = new MediaType("text", "xml", UTF_8);

    @PostMapping("/secapi/pay/refund")
    ResponseEntity<byte[]> refund(ServerHttpRequest request) {
        WechatController.Response response = take(request, refunds::refund);
        return responses.respondToRefund(response.number(), XML, response.xml());
    }

    @PostMapping("/pay/refundquery")
    ResponseEntity<byte[]> query(ServerHttpRequest request) {
        WechatController.Response response = take(request, refunds::query);
        return responses.respond(response.number(), XML, response.xml());
    }

    private WechatController.Response take(ServerHttpRequest request, Function<Map<String, String>, WechatResult> operation) {
        return calls.take(RawBody.read(request), operation);
    }
}
