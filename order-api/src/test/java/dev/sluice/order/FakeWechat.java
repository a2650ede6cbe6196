package dev.sluice.order;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpServer;

import dev.sluice.testing.WechatMessage;

/// Just enough of WeChat Pay to hand out codes, to refuse, to be slow and to talk nonsense. It refuses a request that is not rightly signed.
public final class FakeWechat implements AutoCloseable {
    public static final String KEY = "0123456789abcdef0123456789abcdef";

    private static final String CODE = "weixin://wxpay/bizpayurl?pr=";

    public enum Mood {
        KIND, REFUSING, FORGETTING, HANGING
    }

    public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    /// The fields of each request, in the order in which they came.
    public final List<Map<String, String>> requests = Collections.synchronizedList(new ArrayList<>());
    public volatile Mood mood = Mood.KIND;
    /// Looks around at the moment of being asked.
    public volatile Consumer<String> whenAsked = number -> {};
    /// The code that it hands out, but for the order's number.
    public volatile String code = CODE;
    private volatile Optional<GivenAnswer> given = Optional.empty();
    private final HttpServer server;

    public FakeWechat() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/pay/unifiedorder", exchange -> {
            Map<String, String> request = WechatMessage.fields(exchange.getRequestBody().readAllBytes());
            String number = request.getOrDefault("out_trade_no", "?");
            requests.add(request);
            asked.add(number);
            whenAsked.accept(number);
            given.orElseGet(() -> GivenAnswer.of(200, "text/xml;charset=utf-8", answer(request, number))).send(exchange);
        });
        server.start();
    }

    public void beKind() {
        mood = Mood.KIND;
        code = CODE;
        whenAsked = number -> {};
        given = Optional.empty();
    }

    /// Gives this answer to every request from now on.
    public void answerWith(GivenAnswer answer) {
        given = Optional.of(answer);
    }

    /// The requests for an order.
    public List<Map<String, String>> requestsFor(String number) {
        return List.copyOf(requests).stream().filter(request -> number.equals(request.get("out_trade_no"))).toList();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String answer(Map<String, String> request, String number) {
        if (!WechatMessage.sign(request, KEY).equals(request.get("sign"))) {
            return "<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>";
        }
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

    /// An answer with these fields, as WeChat Pay would sign it.
    public static String signed(Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.putAll(Map.of("return_code", "SUCCESS", "appid", "wx0000000000000001", "mch_id", "1900000001", "nonce_str", "n"));
        return WechatMessage.signed(all, KEY);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
