package dev.sluice.order;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;

import dev.sluice.testing.WechatMessage;

/// Just enough of WeChat Pay to hand out codes, to refuse, to be slow and to talk nonsense.
public final class FakeWechat implements AutoCloseable {
    public static final String KEY = "0123456789abcdef0123456789abcdef";

    private static final String CODE = "weixin://wxpay/bizpayurl?pr=";

    public enum Mood {
        KIND, REFUSING, FORGETTING, HANGING
    }

    public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    public final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    public volatile Mood mood = Mood.KIND;
    /// Looks around at the moment of being asked.
    public volatile Consumer<String> whenAsked = number -> {};
    /// The code that it hands out, but for the order's number.
    public volatile String code = CODE;
    private final HttpServer server;

    public FakeWechat() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/pay/unifiedorder", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(request);
            Matcher number = Pattern.compile("<out_trade_no>(\\w+)<").matcher(request);
            asked.add(number.find() ? number.group(1) : "?");
            String asking = number.hasMatch() ? number.group(1) : "?";
            whenAsked.accept(asking);
            byte[] answer = answer(asking).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    public void beKind() {
        mood = Mood.KIND;
        code = CODE;
        whenAsked = number -> {};
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String answer(String number) {
        return switch (mood) {
            case KIND -> signed(Map.of("result_code", "SUCCESS", "prepay_id", "wx" + number, "code_url", code + number));
            case REFUSING -> signed(Map.of("result_code", "FAIL", "err_code", "NOAUTH", "err_code_des", "商户无此接口权限"));
            case FORGETTING -> "<html>busy</html>";
            case HANGING -> {
                try {
                    Thread.sleep(7_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield "";
            }
        };
    }

    private static String signed(Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.putAll(Map.of("return_code", "SUCCESS", "appid", "wx0000000000000001", "mch_id", "1900000001", "nonce_str", "n"));
        return WechatMessage.signed(all, KEY);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
