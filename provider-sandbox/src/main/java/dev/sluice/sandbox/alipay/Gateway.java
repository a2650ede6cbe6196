package dev.sluice.sandbox.alipay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;

/// `gateway.do`: from the parameters of a call to the text of the answer.
@Component
final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final CallerCheck caller;
    private final ProtocolCheck protocol;
    private final Map<String, GatewayMethod> methods;
    private final AlipayKeys keys;
    private final FaultInjection faults;

    Gateway(CallerCheck caller, ProtocolCheck protocol, List<GatewayMethod> methods, AlipayKeys keys, FaultInjection faults) {
        this.caller = caller;
        this.protocol = protocol;
        this.methods = methods.stream().collect(Collectors.toMap(GatewayMethod::name, Function.identity()));
        this.keys = keys;
        this.faults = faults;
    }

    GatewayReply answer(String query, String form) {
        Optional<Map<String, String>> parameters = FormParameters.read(query, form);
        if (parameters.isEmpty()) {
            return write("error_response", stranger("", GatewayRefusal.invalid("isv.invalid-parameter", "参数无法解析")));
        }
        String method = parameters.get().getOrDefault("method", "");
        String node = methods.containsKey(method) ? method.replace('.', '_') + "_response" : "error_response";
        return write(node, call(parameters.get()));
    }

    private GatewayResult call(Map<String, String> parameters) {
        Optional<GatewayRefusal> unverified = caller.refusal(parameters);
        if (unverified.isPresent()) {
            return stranger(BizContent.numberIn(parameters), unverified.get());
        }
        Optional<GatewayRefusal> malformed = protocol.refusal(parameters, methods.keySet());
        if (malformed.isPresent()) {
            LOG.info("- alipay call refused: {}", malformed.get().subCode());
            return new GatewayResult.Refused(BizContent.numberIn(parameters), malformed.get());
        }
        GatewayMethod method = methods.get(parameters.getOrDefault("method", ""));
        return Objects.requireNonNull(method, "the check let an unknown method pass").call(parameters);
    }

    private static GatewayResult stranger(String number, GatewayRefusal refusal) {
        LOG.info("- alipay call of a stranger refused: {}", refusal.subCode());
        return new GatewayResult.Stranger(number, refusal);
    }

    private GatewayReply write(String name, GatewayResult result) {
        String json = switch (result) {
            case GatewayResult.Done(var number, var node) -> signed(name, number, done(node));
            case GatewayResult.Refused(var number, var refusal, var node) -> signed(name, number, refused(refusal, node));
            case GatewayResult.Stranger(var _, var refusal) -> "{\"" + name + "\":" + refused(refusal, Map.of()) + "}";
        };
        return new GatewayReply(result.number(), json);
    }

    /// One signed wrongly is signed with the right key over another text: no merchant can know a second key of Alipay.
    private String signed(String name, String number, String node) {
        boolean wrongly = faults.has(number, Fault.WRONGLY_SIGNED_RESPONSES);
        return "{\"" + name + "\":" + node + ",\"sign\":\"" + Rsa2.sign(wrongly ? name + node : node, keys.own()) + "\"}";
    }

    private static String done(Map<String, Object> besides) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("code", "10000");
        node.put("msg", "Success");
        node.putAll(besides);
        return json(node);
    }

    private static String refused(GatewayRefusal refusal, Map<String, Object> besides) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("code", refusal.code());
        node.put("msg", refusal.msg());
        node.put("sub_code", refusal.subCode());
        node.put("sub_msg", refusal.subMsg());
        node.putAll(besides);
        return json(node);
    }

    /// The real gateway escapes slashes, and signs the text with the escapes in it. In JSON a slash only ever stands inside a text.
    private static String json(Map<String, Object> node) {
        return JSON.writeValueAsString(node).replace("/", "\\/");
    }
}
