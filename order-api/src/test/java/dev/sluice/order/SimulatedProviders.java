package dev.sluice.order;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/// A WeChat Pay and an Alipay that know one merchant and no orders, and check who asks as strictly as the real ones. Signs and verifies
/// by its own few lines.
public final class SimulatedProviders implements AutoCloseable {
    public static final String WECHAT_APP_ID = "wx0000000000000001";
    public static final String WECHAT_MCH_ID = "1900000001";
    public static final String WECHAT_KEY = "0123456789abcdef0123456789abcdef";
    public static final String ALIPAY_APP_ID = "9021000000000001";
    public static final String ALIPAY_SELLER_ID = "2088000000000001";
    private static final Pattern FIELD = Pattern.compile("<(\\w+)>(?:<!\\[CDATA\\[)?([^<\\]]*)");
    private static final Pattern METHOD = Pattern.compile("alipay\\.trade\\.(\\w+)");

    private final KeyPair alipay = rsa();
    private final KeyPair application = rsa();
    private final HttpServer server;

    public SimulatedProviders() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/pay/orderquery", exchange -> answer(exchange, wechat(read(exchange))));
        server.createContext("/gateway.do",
                exchange -> answer(exchange, alipay(String.valueOf(exchange.getRequestURI().getRawQuery()) + "&" + read(exchange))));
        // Dated like everything else that they say.
        server.createContext("/", exchange -> answer(exchange, "nothing here"));
        server.start();
    }

    public static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static String read(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The public key that the merchant has been shown.
    public PublicKey alipaysKey() {
        return alipay.getPublic();
    }

    /// The pair whose public half was uploaded.
    public KeyPair applicationsKeys() {
        return application;
    }

    private static String wechat(String xml) {
        Map<String, String> fields = new TreeMap<>();
        FIELD.matcher(xml).results().forEach(field -> fields.put(field.group(1), field.group(2)));
        fields.remove("xml");
        if (!WECHAT_APP_ID.equals(fields.get("appid")) || !WECHAT_MCH_ID.equals(fields.get("mch_id"))) {
            return "<xml><return_code>FAIL</return_code><return_msg>商户号mch_id与appid不匹配</return_msg></xml>";
        }
        String sign = fields.remove("sign");
        if (!md5(fields).equals(sign)) {
            return "<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>";
        }
        Map<String, String> answer = new TreeMap<>(Map.of("return_code", "SUCCESS", "appid", WECHAT_APP_ID, "mch_id", WECHAT_MCH_ID,
                "nonce_str", "n", "result_code", "FAIL", "err_code", "ORDERNOTEXIST"));
        answer.put("sign", md5(answer));
        return answer.entrySet().stream().map(field -> "<%1$s><![CDATA[%2$s]]></%1$s>".formatted(field.getKey(), field.getValue()))
                .collect(Collectors.joining("", "<xml>", "</xml>"));
    }

    private static String md5(Map<String, String> fields) {
        String text = fields.entrySet().stream().filter(field -> !field.getValue().isEmpty()).map(field -> field + "&")
                .collect(Collectors.joining("", "", "key=" + WECHAT_KEY));
        try {
            return HexFormat.of().withUpperCase()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String alipay(String form) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : form.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && !parts[1].isEmpty()) {
                parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        var method = METHOD.matcher(parameters.getOrDefault("method", ""));
        String name = "alipay_trade_" + (method.matches() ? method.group(1) : "") + "_response";
        if (!ALIPAY_APP_ID.equals(parameters.get("app_id"))) {
            return stranger(name, "isv.invalid-app-id", "无效的AppID参数");
        }
        String sign = parameters.remove("sign");
        String text = parameters.entrySet().stream().map(Object::toString).collect(Collectors.joining("&"));
        if (!verifies(text, sign)) {
            return stranger(name, "isv.invalid-signature", "验签出错");
        }
        String node = "{\"code\":\"40004\",\"msg\":\"Business Failed\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\",\"sub_msg\":\"交易不存在\"}";
        return "{\"%s\":%s,\"sign\":\"%s\"}".formatted(name, node, signed(node));
    }

    private static String stranger(String name, String code, String words) {
        return "{\"%s\":{\"code\":\"40002\",\"msg\":\"Invalid Arguments\",\"sub_code\":\"%s\",\"sub_msg\":\"%s\"}}".formatted(name, code,
                words);
    }

    private boolean verifies(String text, String sign) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(application.getPublic());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private String signed(String node) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(alipay.getPrivate());
            signature.update(node.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
