package dev.sluice.sandbox.wechat;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.RawBody;

import static java.nio.charset.StandardCharsets.UTF_8;

/// `/pay/unifiedorder`. WeChat Pay says everything with HTTP 200, wrong methods included.
@RestController
final class UnifiedOrderController {
    private static final MediaType XML = new MediaType("text", "xml", UTF_8);

    private final UnifiedOrder order;
    private final WechatAnswers answers;

    UnifiedOrderController(UnifiedOrder order, WechatAnswers answers) {
        this.order = order;
        this.answers = answers;
    }

    @RequestMapping("/pay/unifiedorder")
    ResponseEntity<byte[]> order(ServerHttpRequest request) {
        String answer = request.getMethod().equals(HttpMethod.POST)
                ? order.answer(RawBody.read(request))
                : answers.failed(WechatError.REQUIRE_POST_METHOD.plainly());
        return ResponseEntity.ok().contentType(XML).body(answer.getBytes(UTF_8));
    }
}
