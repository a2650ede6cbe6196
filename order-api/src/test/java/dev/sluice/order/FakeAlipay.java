package dev.sluice.order;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;

/// Just enough of Alipay to hand out codes.
public final class FakeAlipay implements AutoCloseable {
    private final KeyPair keys = SimulatedProviders.rsa();
    private final KeyPair applicationKeys = SimulatedProviders.rsa();
    private final HttpServer server;

    public FakeAlipay() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/gateway.do", exchange -> {
            String request = URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    StandardCharsets.UTF_8);
            Matcher number = Pattern.compile("\"out_trade_no\":\"(\\w+)\"").matcher(request);
            byte[] answer = signed("{\"code\":\"10000\",\"out_trade_no\":\"%s\",\"qr_code\":\"https://qr.alipay.com/bax\"}"
                    .formatted(number.find() ? number.group(1) : "?"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
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

    private String signed(String node) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(node.getBytes(StandardCharsets.UTF_8));
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
