package dev.sluice.order;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Just enough of Alipay to hand out codes, to refuse and to talk nonsense. It refuses a call that is not rightly signed.
public final class FakeAlipay implements AutoCloseable {
    /// What is asked for in each call, in the order in which they came.
    public final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
    /// Looks around at the moment of being asked.
    public volatile Consumer<String> whenAsked = number -> {};
    private volatile Optional<GivenAnswer> given = Optional.empty();
    private final KeyPair keys = SimulatedProviders.rsa();
    private final KeyPair applicationKeys = SimulatedProviders.rsa();
    private final HttpServer server;

    public FakeAlipay() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/gateway.do", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> call = parameters(exchange.getRequestURI().getRawQuery() + "&" + body);
            JsonNode asked = JsonMapper.shared().readTree(call.getOrDefault("biz_content", "{}"));
            String number = asked.path("out_trade_no").asString("?");
            requests.add(asked);
            whenAsked.accept(number);
            given.orElseGet(() -> GivenAnswer.of(200, "text/html;charset=utf-8", answer(call, number))).send(exchange);
        });
        server.start();
    }

    public void beKind() {
        whenAsked = number -> {};
        given = Optional.empty();
    }

    /// Gives this answer to every call from now on.
    public void answerWith(GivenAnswer answer) {
        given = Optional.of(answer);
    }

    /// What was asked for an order.
    public List<JsonNode> requestsFor(String number) {
        return List.copyOf(requests).stream().filter(request -> number.equals(request.path("out_trade_no").asString(""))).toList();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/gateway.do";
    }

    public String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /// A pair of the application's own: the SDK sees when the two are mixed up.
    public String privateKey() {
        return Base64.getEncoder().encodeToString(applicationKeys.getPrivate().getEncoded());
    }

    private static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : form.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && !parts[1].isEmpty()) {
                parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private String answer(Map<String, String> call, String number) {
        return isRightlySigned(call)
                ? signed("{\"code\":\"10000\",\"out_trade_no\":\"%s\",\"qr_code\":\"https://qr.alipay.com/bax\"}".formatted(number))
                : "{\"alipay_trade_precreate_response\":{\"code\":\"40002\",\"sub_code\":\"isv.invalid-signature\"}}";
    }

    private boolean isRightlySigned(Map<String, String> call) {
        Map<String, String> rest = new TreeMap<>(call);
        String sign = rest.remove("sign");
        String text = rest.entrySet().stream().map(Object::toString).collect(Collectors.joining("&"));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(applicationKeys.getPublic());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return sign != null && signature.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// An answer to `alipay.trade.precreate` as Alipay would sign it.
    public String signed(String node) {
        return signed(node, StandardCharsets.UTF_8);
    }

    /// Over the bytes of the node in this charset.
    public String signed(String node, Charset charset) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(node.getBytes(charset));
            return "{\"alipay_trade_precreate_response\":" + node + ",\"sign\":\"" + Base64.getEncoder().encodeToString(signature.sign())
                    + "\"}";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
