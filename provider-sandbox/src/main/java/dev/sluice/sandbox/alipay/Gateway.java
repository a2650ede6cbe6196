package dev.sluice.sandbox.alipay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// `gateway.do`: from the parameters of a call to the text of the answer.
@Component
final class Gateway {
    static final String PRECREATE = "alipay.trade.precreate";

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final CallerCheck caller;
    private final ProtocolCheck protocol;
    private final Precreate precreate;
    private final AlipayKeys keys;

    Gateway(CallerCheck caller, ProtocolCheck protocol, Precreate precreate, AlipayKeys keys) {
        this.caller = caller;
        this.protocol = protocol;
        this.precreate = precreate;
        this.keys = keys;
    }

    String answer(String query, String form) {
        Optional<Map<String, String>> parameters = FormParameters.read(query, form);
        if (parameters.isEmpty()) {
            return write("error_response", stranger(GatewayRefusal.invalid("isv.invalid-parameter", "参数无法解析")));
        }
        boolean known = PRECREATE.equals(parameters.get().get("method"));
        return write(known ? "alipay_trade_precreate_response" : "error_response", call(parameters.get()));
    }

    private GatewayResult call(Map<String, String> parameters) {
        Optional<GatewayRefusal> unverified = caller.refusal(parameters);
        if (unverified.isPresent()) {
            return stranger(unverified.get());
        }
        Optional<GatewayRefusal> malformed = protocol.refusal(parameters);
        if (malformed.isPresent()) {
            LOG.info("- alipay call refused: {}", malformed.get().subCode());
            return new GatewayResult.Refused(malformed.get());
        }
        return precreate.call(parameters);
    }

    private static GatewayResult stranger(GatewayRefusal refusal) {
        LOG.info("- alipay call of a stranger refused: {}", refusal.subCode());
        return new GatewayResult.Stranger(refusal);
    }

    private String write(String name, GatewayResult result) {
        return switch (result) {
            case GatewayResult.Done done -> signed(name, done(done));
            case GatewayResult.Refused(var refusal) -> signed(name, refused(refusal));
            case GatewayResult.Stranger(var refusal) -> "{\"" + name + "\":" + refused(refusal) + "}";
        };
    }

    private String signed(String name, String node) {
        return "{\"" + name + "\":" + node + ",\"sign\":\"" + Rsa2.sign(node, keys.own()) + "\"}";
    }

    private static String done(GatewayResult.Done done) {
        Map<String, String> node = new LinkedHashMap<>();
        node.put("code", "10000");
        node.put("msg", "Success");
        node.put("out_trade_no", done.tradeNumber());
        node.put("qr_code", done.code());
        return json(node);
    }

    private static String refused(GatewayRefusal refusal) {
        Map<String, String> node = new LinkedHashMap<>();
        node.put("code", refusal.code());
        node.put("msg", refusal.msg());
        node.put("sub_code", refusal.subCode());
        node.put("sub_msg", refusal.subMsg());
        return json(node);
    }

    /// The real gateway escapes slashes, and signs the text with the escapes in it. In JSON a slash only ever stands inside a text.
    private static String json(Map<String, String> node) {
        return JSON.writeValueAsString(node).replace("/", "\\/");
    }
}
