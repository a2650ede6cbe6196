package dev.sluice.sandbox.wechat;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.RawBody;
import dev.sluice.sandbox.fault.FaultyResponses;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The paths of WeChat Pay. It says everything with HTTP 200, wrong methods included.
@RestController
final class WechatController {
    private static final MediaType XML = new MediaType("text", "xml", UTF_8);

    private final WechatCalls calls;
    private final UnifiedOrder unifiedOrder;
    private final OrderQuery orderQuery;
    private final CloseOrder closeOrder;
    private final FaultyResponses answers;

    WechatController(
            WechatCalls calls, UnifiedOrder unifiedOrder, OrderQuery orderQuery, CloseOrder closeOrder, FaultyResponses answers) {
        this.calls = calls;
        this.unifiedOrder = unifiedOrder;
        this.orderQuery = orderQuery;
        this.closeOrder = closeOrder;
        this.answers = answers;
    }

    @RequestMapping("/pay/unifiedorder")
    ResponseEntity<byte[]> order(ServerHttpRequest request) {
        return answer(request, unifiedOrder);
    }

    @RequestMapping("/pay/orderquery")
    ResponseEntity<byte[]> query(ServerHttpRequest request) {
        return answer(request, orderQuery);
    }

    @RequestMapping("/pay/closeorder")
    ResponseEntity<byte[]> close(ServerHttpRequest request) {
        return answer(request, closeOrder);
    }

    private ResponseEntity<byte[]> answer(ServerHttpRequest request, WechatOperation operation) {
        WechatReply reply = request.getMethod().equals(HttpMethod.POST)
                ? calls.take(RawBody.read(request), operation)
                : calls.refuseMethod();
        return answers.respond(reply.number(), XML, reply.xml());
    }
}
