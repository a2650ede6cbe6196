package dev.sluice.reconcile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;

import dev.sluice.testing.WechatMessage;

/// Just enough of WeChat Pay to be asked about orders and to close them.
public final class FakeWechat implements AutoCloseable {
    public static final String KEY = "0123456789abcdef0123456789abcdef";

    public enum State {
        ABSENT, NOTPAY, SUCCESS, CLOSED, SILENT, REFUND, NOT_CLOSABLE
    }

    /// Of those that were told to it; all others are unpaid.
    public final Map<String, State> orders = new ConcurrentHashMap<>();
    /// Of orders in state REFUND: a status and an amount in fen each.
    public final Map<String, List<String>> refunds = new ConcurrentHashMap<>();
    /// By day, as `bill_date` names it; of all others there is none.
    public final Map<String, String> bills = new ConcurrentHashMap<>();
    /// Operation and number of each call.
    public final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;

    public FakeWechat() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/pay/", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher number = Pattern.compile("<out_trade_no>(?:<!\\[CDATA\\[)?([\\w-]+)").matcher(request);
            String asked = number.find() ? number.group(1) : "?";
            String operation = exchange.getRequestURI().getPath().substring("/pay/".length());
            byte[] answer = (operation.equals("downloadbill") ? bill(request) : answer(operation, asked)).getBytes(StandardCharsets.UTF_8);
            // Once there is something to see, it was called.
            calls.add(operation + " " + asked);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String answer(String operation, String number) {
        State state = orders.getOrDefault(number, State.NOTPAY);
        boolean closes = operation.equals("closeorder");
        return switch (state) {
            case SILENT -> "<html>busy</html>";
            case ABSENT -> signed(Map.of("result_code", "FAIL", "err_code", "ORDERNOTEXIST"));
            case SUCCESS, REFUND -> switch (operation) {
                case "closeorder" -> signed(Map.of("result_code", "FAIL", "err_code", "ORDERPAID"));
                case "refundquery" -> refunds(number);
                default -> signed(Map.of("result_code", "SUCCESS", "out_trade_no", number, "trade_state", state.name(), "transaction_id",
                        "X" + number, "total_fee", "7300", "time_end", "20261122160000"));
            };
            case NOT_CLOSABLE -> closes
                    ? signed(Map.of("result_code", "FAIL", "err_code", "TRADE_STATE_ERROR"))
                    : signed(Map.of("result_code", "SUCCESS", "out_trade_no", number, "trade_state", "NOTPAY"));
            case NOTPAY, CLOSED -> {
                if (closes) {
                    orders.put(number, State.CLOSED);
                }
                yield closes
                        ? signed(Map.of("result_code", "SUCCESS"))
                        : signed(Map.of("result_code", "SUCCESS", "out_trade_no", number, "trade_state", state.name()));
            }
        };
    }

    private String bill(String request) {
        Matcher day = Pattern.compile("<bill_date>(\\d+)").matcher(request);
        return bills.getOrDefault(day.find() ? day.group(1) : "",
                "<xml><return_code>FAIL</return_code><return_msg>No Bill Exist</return_msg><error_code>20002</error_code></xml>");
    }

    private String refunds(String number) {
        List<String> all = refunds.getOrDefault(number, List.of());
        if (all.isEmpty()) {
            return signed(Map.of("result_code", "FAIL", "err_code", "REFUNDNOTEXIST"));
        }
        Map<String, String> fields = new HashMap<>(Map.of("result_code", "SUCCESS", "out_trade_no", number, "refund_count",
                Integer.toString(all.size())));
        for (int i = 0; i < all.size(); i++) {
            fields.put("refund_status_" + i, all.get(i).split(" ", -1)[0]);
            fields.put("refund_fee_" + i, all.get(i).split(" ", -1)[1]);
        }
        return signed(fields);
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
