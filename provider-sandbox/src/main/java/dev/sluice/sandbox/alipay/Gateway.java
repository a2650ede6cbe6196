package dev.sluice.sandbox.alipay;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.sandbox.RawBody;
import dev.sluice.sandbox.alipay.GatewayResult.Refusal;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.fault.FaultyResponses;

import static java.nio.charset.StandardCharsets.UTF_8;

/// `/gateway.do`. Like the real gateway it responds with HTTP 200 and labels its JSON `text/html`.
@RestController
record Gateway(CallCheck check, AlipayTrades trades, AlipayRefunds refunds, AlipaySignature signature, FaultInjection injection,
        FaultyResponses responses, AlipayBills bills) {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType HTML = new MediaType("text", "html", UTF_8);
    private static final String REFUND_NODE = "{\"alipay_trade_refund_response\"";
    private static final String REFUND = "alipay.trade.refund";
    private static final Map<String, BiFunction<Gateway, BizContent, GatewayResult>> METHODS = Map.of(
            "alipay.trade.precreate", (gateway, content) -> gateway.trades.precreate(content),
            "alipay.trade.query", (gateway, content) -> gateway.trades.query(content),
            "alipay.trade.close", (gateway, content) -> gateway.trades.close(content),
            REFUND, (gateway, content) -> gateway.refunds.refund(content),
            "alipay.trade.fastpay.refund.query", (gateway, content) -> gateway.refunds.query(content),
            "alipay.data.dataservice.bill.downloadurl.query", (gateway, content) -> gateway.bills.link(content));

    @PostMapping("/gateway.do")
    ResponseEntity<byte[]> call(ServerHttpRequest request) {
        String query = Objects.requireNonNullElse(request.getURI().getRawQuery(), "");
        String origin = request.getURI().getScheme() + "://" + request.getURI().getRawAuthority();
        Response response = respond(query, new String(RawBody.read(request), UTF_8), origin);
        return response.json.startsWith(REFUND_NODE)
                ? responses.respondToRefund(response.number, HTML, response.json)
                : responses.respond(response.number, HTML, response.json);
    }

    /// @param origin of this gateway, as the caller reached it
    Response respond(String query, String form, String origin) {
        Optional<Map<String, String>> call = FormParameters.read(query, form);
        String method = call.map(parameters -> parameters.get("method")).filter(METHODS::containsKey).orElse("error");
        GatewayResult result = call.map(parameters -> call(parameters, origin))
                .orElseGet(() -> GatewayResult.stranger("", Refusal.invalid("isv.invalid-parameter", "参数无法解析")));
        return write(method.replace('.', '_') + "_response", result);
    }

    private GatewayResult call(Map<String, String> call, String origin) {
        Optional<BizContent> content = BizContent.in(call);
        String number = content.map(BizContent::number).orElse("");
        return check.stranger(call)
                .map(refusal -> GatewayResult.stranger(number, refusal))
                .or(() -> check.malformed(call, METHODS.keySet()).map(refusal -> GatewayResult.refused(number, refusal)))
                .or(() -> content
                        .map(asked -> Objects.requireNonNull(METHODS.get(call.get("method"))).apply(this, asked.reachedAt(origin))))
                .orElseGet(() -> GatewayResult.refused("", Refusal.invalid("isv.invalid-parameter", "biz_content无效")));
    }

    /// A wrong signature is made with the right key over another text: no merchant can know a second key of Alipay.
    private Response write(String name, GatewayResult result) {
        LOG.info("{} {}: {}", result.signed() && PrecreateTerms.isTradeNumber(result.number()) ? result.number() : "-", name,
                result.node().getOrDefault("sub_code", "done"));
        // The real gateway escapes slashes, and signs the text with the escapes in it. In JSON a slash only ever stands inside a string.
        String node = JSON.writeValueAsString(result.node()).replace("/", "\\/");
        String json = "{\"" + name + "\":" + node;
        if (result.signed()) {
            boolean wrongly = injection.has(result.number(), Fault.WRONGLY_SIGNED_RESPONSES);
            json += ",\"sign\":\"" + signature.sign(wrongly ? name + node : node) + "\"";
        }
        return new Response(result.number(), json + "}");
    }

    /// @param number of the trade it is about; empty without one
    record Response(String number, String json) {}
}
