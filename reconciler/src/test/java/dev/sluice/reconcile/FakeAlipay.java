package dev.sluice.reconcile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;

/// Just enough of Alipay to be asked about orders and their refunds.
public final class FakeAlipay implements AutoCloseable {
    private static final KeyPair ALIPAY = keys();
    private static final KeyPair APPLICATION = keys();
    private static final Pattern NUMBER = Pattern.compile("\"out_trade_no\":\"([^\"]+)\"");
    private static final Pattern REFUND = Pattern.compile("\"out_request_no\":\"([^\"]+)\"");
    private static final Pattern METHOD = Pattern.compile("method=alipay\\.trade\\.([a-z.]+)");

    /// By trade number, what `alipay.trade.query` answers beside the number; all others do not exist.
    public final Map<String, String> orders = new ConcurrentHashMap<>();
    /// By number of the refund: yuan.
    public final Map<String, String> refunds = new ConcurrentHashMap<>();
    /// Operation and number of each call.
    public final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;

    public FakeAlipay() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String request = exchange.getRequestURI().getRawQuery() + "&"
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String method = first(METHOD, request);
            String node = answer(method, URLDecoder.decode(request, StandardCharsets.UTF_8));
            String body = "{\"alipay_trade_%s_response\":%s,\"sign\":\"%s\"}".formatted(method.replace('.', '_'), node, sign(node));
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html;charset=utf-8");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    /// Settings of an account there.
    public Map<String, String> settings() {
        return Map.of("AlipayAppId", "2021000000000001", "AlipaySellerId", "2088000000000001", "AlipayPrivateKey",
                Base64.getEncoder().encodeToString(APPLICATION.getPrivate().getEncoded()), "AlipayPublicKey",
                Base64.getEncoder().encodeToString(ALIPAY.getPublic().getEncoded()), "AlipayGatewayUrl",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/gateway.do");
    }

    private String answer(String method, String request) {
        String number = first(NUMBER, request);
        calls.add(method + " " + (method.startsWith("fastpay") ? first(REFUND, request) : number));
        if (method.startsWith("fastpay")) {
            String refund = first(REFUND, request);
            return refunds.containsKey(refund)
                    ? "{\"code\":\"10000\",\"out_trade_no\":\"%s\",\"out_request_no\":\"%s\",\"refund_status\":\"REFUND_SUCCESS\",\"refund_amount\":\"%s\"}"
                            .formatted(number, refund, refunds.get(refund))
                    : "{\"code\":\"10000\",\"msg\":\"Success\"}";
        }
        return orders.containsKey(number)
                ? "{\"code\":\"10000\",\"out_trade_no\":\"%s\",%s}".formatted(number, orders.get(number))
                : "{\"code\":\"40004\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\"}";
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "?";
    }

    private static String sign(String node) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(ALIPAY.getPrivate());
            signature.update(node.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
