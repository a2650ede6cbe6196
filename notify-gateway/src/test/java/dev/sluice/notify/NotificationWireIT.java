package dev.sluice.notify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.Money;

import static org.assertj.core.api.Assertions.assertThat;

/// Notifications as proxies and firewalls pass them on, by a bare socket.
class NotificationWireIT {
    private static final int CHUNK = 97;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = RunningGateway.start(ReceivedReply.settings());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/wechat/notify", "/api/alipay/notify", "/api/wechat/webhook?channel_id=1&sign=x"})
    void takesThemAsHttpOfEveryVersionAndFraming(String path) throws Exception {
        for (String framing : new String[]{"1.0", "chunked", "lower case", "continue"}) {
            byte[] body = body(path, "WIRE-" + framing.charAt(0) + "-" + Integer.toHexString(path.hashCode()));
            String line = "POST " + path + (framing.equals("1.0") ? " HTTP/1.0\r\n" : " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
            String length = switch (framing) {
                case "chunked" -> "Transfer-Encoding: chunked\r\n";
                case "lower case" -> "content-length: " + body.length + "\r\n";
                case "continue" -> "Expect: 100-continue\r\nContent-Length: " + body.length + "\r\n";
                default -> "Content-Length: " + body.length + "\r\n";
            };

            String answer = exchange(line + length + "\r\n", framing.equals("chunked") ? chunks(body) : body);

            assertThat(answer).as(framing).contains(" 200 ").containsIgnoringCase("success").doesNotContain("FAIL");
        }
    }

    /// A body is UTF-8 whatever the header has: providers sign its bytes as such.
    @ParameterizedTest
    @ValueSource(strings = {"text/xml; charset=GBK", "text/html;charset=gb2312",
            "application/x-www-form-urlencoded; text/html; charset=GBK",
            "multipart/form-data", "xml"})
    void takesThemWhateverTheirContentTypeHas(String type) throws Exception {
        for (String path : new String[]{"/api/wechat/notify", "/api/alipay/notify"}) {
            byte[] body = body(path, "TYPE-" + Integer.toHexString(type.hashCode()));

            String answer = exchange("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + type
                    + "\r\nContent-Length: " + body.length + "\r\n\r\n", body);

            assertThat(answer).as(path).contains(" 200 ").containsIgnoringCase("success").doesNotContain("FAIL");
        }
    }

    /// What is really written in GBK has another signature, and no other one is tried.
    @Test
    void aBodyInGbkIsNotBelieved() throws Exception {
        String body = new ReceivedReply("GBK").wechat(Map.of("attach", "充值"));

        assertThat(wechat(body.getBytes(Charset.forName("GBK")))).contains(" 200 ", "FAIL");
        assertThat(wechat(body.getBytes(StandardCharsets.UTF_8))).contains(" 200 ", "SUCCESS");
    }

    /// Whatever a merchant writes into `attach`, and with coupons, of which the sum is what counts.
    @Test
    void takesEmojiMarkupAndCoupons() throws Exception {
        String body = new ReceivedReply("COUPONS")
                .wechat(Map.of("attach", " 😀 & <b> \"q\" %2B + a=1 ", "coupon_count", "2", "coupon_fee", "30",
                        "coupon_id_0", "10000", "coupon_fee_0", "10", "coupon_id_1", "20000", "coupon_fee_1", "20", "cash_fee", "70"));

        assertThat(wechat(body.getBytes(StandardCharsets.UTF_8))).contains(" 200 ", "SUCCESS");
        assertThat(gateway.written().events("COUPONS", PaymentConfirmed.class)).singleElement()
                .satisfies(payment -> assertThat(payment.money()).isEqualTo(Money.ofFen(100)));
    }

    private static String wechat(byte[] body) throws IOException {
        return exchange("POST /api/wechat/notify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/xml; charset=GBK"
                + "\r\nContent-Length: " + body.length + "\r\n\r\n", body);
    }

    private static byte[] body(String path, String trade) {
        var told = new ReceivedReply(trade);
        return (path.contains("wechat") ? told.wechat() : told.alipay()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] chunks(byte[] body) {
        var chunked = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; at += CHUNK) {
            byte[] chunk = Arrays.copyOfRange(body, at, Math.min(body.length, at + CHUNK));
            chunked.writeBytes((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunked.writeBytes(chunk);
            chunked.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunked.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunked.toByteArray();
    }

    private static String exchange(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
