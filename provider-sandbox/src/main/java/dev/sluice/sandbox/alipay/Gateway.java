package dev.sluice.sandbox.alipay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

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
final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType HTML = new MediaType("text", "html", UTF_8);

    private final CallCheck check;
    private final Map<String, Function<Map<String, String>, GatewayResult>> methods;
    private final AlipaySignature signature;
    private final FaultInjection injection;
    private final FaultyResponses responses;

    Gateway(
            CallCheck check,
            Precreate precreate,
            AlipayTrades trades,
            AlipaySignature signature,
            FaultInjection injection,
            FaultyResponses responses) {
        this.check = check;
        this.signature = signature;
        this.injection = injection;
        this.responses = responses;
        methods = Map.of(
                "alipay.trade.precreate", precreate::call,
                "alipay.trade.query", trades::query,
                "alipay.trade.close", trades::close);
    }

    @PostMapping("/gateway.do")
    ResponseEntity<byte[]> call(ServerHttpRequest request) {
        String query = Objects.requireNonNullElse(request.getURI().getRawQuery(), "");
        Response response = respond(query, new String(RawBody.read(request), UTF_8));
        return responses.respond(response.number, HTML, response.json);
    }

    Response respond(String query, String form) {
        Optional<Map<String, String>> parameters = FormParameters.read(query, form);
        if (parameters.isEmpty()) {
            return write("error_response", new GatewayResult.Stranger("", Refusal.invalid("isv.invalid-parameter", "参数无法解析")));
        }
        String method = parameters.get().getOrDefault("method", "");
        String node = methods.containsKey(method) ? method.replace('.', '_') + "_response" : "error_response";
        return write(node, call(parameters.get(), method));
    }

    private GatewayResult call(Map<String, String> call, String method) {
        Optional<Refusal> stranger = check.stranger(call);
        if (stranger.isPresent()) {
            return new GatewayResult.Stranger(BizContent.numberIn(call), stranger.get());
        }
        Optional<Refusal> malformed = check.malformed(call, methods.keySet());
        if (malformed.isPresent()) {
            return new GatewayResult.Refused(BizContent.numberIn(call), malformed.get());
        }
        return Objects.requireNonNull(methods.get(method), "the check accepts an unknown method").apply(call);
    }

    private Response write(String name, GatewayResult result) {
        String json = switch (result) {
            case GatewayResult.Done(var number, var node) -> signed(name, number, done(node));
            case GatewayResult.Refused(var number, var refusal, var node) -> {
                LOG.info("{} alipay {} refused: {}", PrecreateRules.isTradeNumber(number) ? number : "-", name, refusal.subCode());
                yield signed(name, number, refused(refusal, node));
            }
            case GatewayResult.Stranger(var _, var refusal) -> {
                LOG.info("- alipay call of a stranger refused: {}", refusal.subCode());
                yield "{\"" + name + "\":" + refused(refusal, Map.of()) + "}";
            }
        };
        return new Response(result.number(), json);
    }

    /// A wrong signature is made with the right key over another text: no merchant can know a second key of Alipay.
    private String signed(String name, String number, String node) {
        boolean wrongly = injection.has(number, Fault.WRONGLY_SIGNED_RESPONSES);
        return "{\"" + name + "\":" + node + ",\"sign\":\"" + signature.sign(wrongly ? name + node : node) + "\"}";
    }

    private static String done(Map<String, Object> fields) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("code", "10000");
        node.put("msg", "Success");
        node.putAll(fields);
        return json(node);
    }

    private static String refused(Refusal refusal, Map<String, Object> fields) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("code", refusal.code());
        node.put("msg", refusal.msg());
        node.put("sub_code", refusal.subCode());
        node.put("sub_msg", refusal.subMsg());
        node.putAll(fields);
        return json(node);
    }

    /// The real gateway escapes slashes, and signs the text with the escapes in it. In JSON a slash only ever stands inside a string.
    private static String json(Map<String, Object> node) {
        return JSON.writeValueAsString(node).replace("/", "\\/");
    }

    /// @param number of the trade it is about; empty without one
    record Response(String number, String json) {}
}
