package dev.sluice.notify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.value.Money;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.Topic;

import static org.assertj.core.api.Assertions.assertThat;

/// Notifications as senders, proxies and firewalls pass them on, by a bare socket, and what follows one that was no payment.
class NotificationWireIT {
    private static final String SUCCESS = "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";
    private static final String FAILURE = "<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[NOT ACCEPTED]]></return_msg></xml>";
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
    @ValueSource(strings = {"/api/wechat/notify", "/api/alipay/notify", "/api/wechat/webhook?channel_id=1&sign=x",
            "/api/alipay/notify?channel_id=1&sign=x"})
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

            assertThat(answer).as(framing).contains(" 200 ").endsWith("\r\n\r\n" + success(path));
        }
    }

    /// A body is UTF-8 whatever the header has: providers sign its bytes as such.
    @ParameterizedTest
    @ValueSource(strings = {"text/xml; charset=GBK", "text/html;charset=gb2312",
            "application/x-www-form-urlencoded; text/html; charset=GBK",
            "multipart/form-data", "xml", "application/xml", "application/x-www-form-urlencoded", "*/*", "text/plain", "application/json",
            "text/xml;charset=UTF-8"})
    void takesThemWhateverTheirContentTypeHas(String type) throws Exception {
        for (String path : new String[]{"/api/wechat/notify", "/api/alipay/notify"}) {
            byte[] body = body(path, "TYPE-" + Integer.toHexString(type.hashCode()));

            String answer = exchange("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + type
                    + "\r\nContent-Length: " + body.length + "\r\n\r\n", body);

            assertThat(answer).as(path).contains(" 200 ").endsWith("\r\n\r\n" + success(path));
        }
    }

    /// No header may turn the reply about a recorded payment into an error.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Accept|text/html;q=x", "Accept|json", "Accept|/", "Accept|xxx", "Accept|image/png", "Accept|''",
            "Accept|*/*", "Accept|application/json",
            "Accept|text/html", "Accept|text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
            "Content-Type|text/html;;;", "Content-Type|xml", "Content-Type|text/xml; charset=no-such", "Accept-Charset|x;q=9",
            "Accept-Language|en-US;q=0,9", "Accept-Encoding|;;q", "Origin|null", "Origin|http://[", "Cookie|=;;=", "Range|bytes=9-1",
            "If-None-Match|x", "If-Modified-Since|yesterday", "If-Match|W/", "X-Forwarded-For|x", "Forwarded|for=;;",
            "X-HTTP-Method-Override|GET",
            "X-Forwarded-Proto|://", "X-Forwarded-Host|:x", "X-Forwarded-Port|x", "Authorization|Bearer", "Date|x", "Cache-Control|;"})
    void repliesWithTheWordWhateverAHeaderHas(String header, String value) throws Exception {
        var notification = new ReceivedReply("HEADER-" + Integer.toHexString((header + value).hashCode()));
        assertThat(with(header, value, "/api/wechat/notify", notification.wechat())).isEqualTo("200 " + SUCCESS);
        assertThat(with(header, value, "/api/alipay/notify", notification.alipay())).isEqualTo("200 success");
        assertThat(with(header, value, "/api/wechat/notify", "forged")).isEqualTo("200 " + FAILURE);
        assertThat(with(header, value, "/api/stripe/notify", "")).startsWith("404");
    }

    /// A filter emptied the body, or a client of version 3 was configured.
    @ParameterizedTest
    @ValueSource(strings = {"", "1", "null", "   ", "\r\n\r\n", "{}", "<xml>", "<xml></xml>", "true", "[]", "&", "=", "undefined"})
    void aBodyWithoutMeaningIsRefusedAndTheTrueNotificationIsTaken(String body) throws Exception {
        var notification = new ReceivedReply("BODY-" + Integer.toHexString(body.hashCode()));
        String wechat = notification.wechat();
        String alipay = notification.alipay();

        for (String each : List.of(body, wechat.substring(0, wechat.length() / 2))) {
            assertThat(post("/api/wechat/notify", each)).isEqualTo("200 " + FAILURE);
        }
        for (String each : List.of(body, alipay.substring(0, alipay.length() / 2))) {
            assertThat(post("/api/alipay/notify", each)).isEqualTo("200 fail");
        }

        assertThat(post("/api/wechat/notify", wechat)).isEqualTo("200 " + SUCCESS);
        assertThat(post("/api/alipay/notify", alipay)).isEqualTo("200 success");
    }

    /// The format of a notification follows the version that made the order, and ours are of version 2.
    @Test
    void aNotificationOfVersionThreeIsRefused() throws Exception {
        String encrypted = """
                {"id":"EV-2018022511223320873","create_time":"2026-11-22T16:00:00+08:00","resource_type":"encrypt-resource",
                "event_type":"TRANSACTION.SUCCESS","summary":"支付成功","resource":{"original_type":"transaction",
                "algorithm":"AEAD_AES_256_GCM","ciphertext":"%s","associated_data":"transaction","nonce":"fdasflkja484w"}}"""
                .formatted("kbbHAUhBwdjYZkHPW149MW\\/8".repeat(40));
        String plain = "{\"mchid\":\"1900000001\",\"appid\":\"wx0000000000000001\",\"out_trade_no\":\"V3\",\"trade_state\":\"SUCCESS\"}";

        for (String body : List.of(encrypted, plain)) {
            assertThat(with("Content-Type", "application/json", "/api/wechat/notify", body)).isEqualTo("200 " + FAILURE);
            assertThat(gateway.notifications(Topic.FORGERIES)).filteredOn(each -> RunningGateway.text(each).equals(body)).singleElement()
                    .satisfies(each -> assertThat(each.verdict()).isEqualTo(NotificationVerdict.FORGED));
        }
        assertThat(gateway.written().events("V3", PaymentConfirmed.class)).isEmpty();
    }

    /// Providers send one payment from several servers within a second, each time with another nonce and signature.
    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void sixteenAtOnceAtBothAddressesAreOnePayment(String provider) throws Exception {
        var notification = new ReceivedReply("SIXTEEN-" + provider);
        String nonce = provider.equals("wechat") ? "nonce_str" : "notify_id";
        List<Callable<String>> sixteen = IntStream.range(0, 16).<Callable<String>>mapToObj(i -> {
            String body = notification.of(provider, Map.of(nonce, "n" + i));
            return () -> post("/api/" + provider + (i % 2 == 0 ? "/notify" : "/webhook"), body);
        }).toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var reply : threads.invokeAll(sixteen)) {
                assertThat(reply.get()).isEqualTo("200 " + success("/api/" + provider));
            }
        }

        List<DecodedRecord.Fact> facts = gateway.written().facts(notification.trade());
        assertThat(facts).extracting(DecodedRecord.Fact::id).as("one fact, for each view to count once").isNotEmpty().containsOnly(
                facts.getFirst().id());
        for (Callable<String> again : sixteen) {
            assertThat(again.call()).isEqualTo("200 " + success("/api/" + provider));
        }
        assertThat(gateway.written().facts(notification.trade())).as("repeated later").hasSameSizeAs(facts);
    }

    /// WeChat Pay notifies a failed attempt only by mistake, and a signed notification without its status may be about money.
    @ParameterizedTest
    @CsvSource({"wechat,result_code,FAIL,NOT_A_PAYMENT", "wechat,result_code,,UNCLEAR", "wechat,return_code,,UNCLEAR",
            "alipay,trade_status,WAIT_BUYER_PAY,NOT_A_PAYMENT", "alipay,trade_status,,UNCLEAR"})
    void aPaymentIsTakenAfterANotificationThatWasNone(String provider, String field, @Nullable String value, NotificationVerdict verdict)
            throws Exception {
        var notification = new ReceivedReply("FIRST-" + provider + "-" + field + "-" + verdict);
        String path = "/api/" + provider + "/notify";

        String reply = post(path, notification.of(provider, Map.of(field, value == null ? "" : value)));

        assertThat(reply.equals("200 " + success(path))).isEqualTo(verdict == NotificationVerdict.NOT_A_PAYMENT);
        assertThat(signed(notification)).extracting(Notification::verdict).containsExactly(verdict);
        assertThat(gateway.written().events(notification.trade(), PaymentConfirmed.class)).isEmpty();
        assertThat(post(path, notification.of(provider, Map.of()))).isEqualTo("200 " + success(path));
        assertThat(gateway.written().events(notification.trade(), PaymentConfirmed.class)).singleElement()
                .satisfies(payment -> assertThat(payment.money()).isEqualTo(Money.ofFen(100)));
    }

    /// It has no signature: it is genuine because it decrypts with our key. It may come before the payment's, and after it.
    @Test
    void anEncryptedRefundIsAcknowledgedAndIsNoForgery() throws Exception {
        var notification = new ReceivedReply("REFUNDED");
        double forged = forgeries();

        assertThat(post("/api/wechat/notify", notification.wechatRefund("50000001", "PROCESSING"))).as("no state of a refund")
                .isEqualTo("200 " + FAILURE);
        assertThat(forgeries()).isEqualTo(++forged);
        assertThat(post("/api/wechat/notify", notification.wechatRefund("50000001", "SUCCESS"))).isEqualTo("200 " + SUCCESS);
        assertThat(post("/api/wechat/notify", notification.wechat())).isEqualTo("200 " + SUCCESS);
        assertThat(post("/api/wechat/notify", notification.wechatRefund("50000002", "SUCCESS"))).isEqualTo("200 " + SUCCESS);

        assertThat(forgeries()).isEqualTo(forged);
        assertThat(signed(notification)).hasSize(2).allSatisfy(each -> {
            assertThat(each.verdict()).isEqualTo(NotificationVerdict.NOT_A_PAYMENT);
            assertThat(each.reason()).isEqualTo("a refund: SUCCESS, refund_fee 100, out_refund_no RF-1");
        });
        assertThat(gateway.written().events("REFUNDED", PaymentConfirmed.class)).hasSize(1);
    }

    private static double forgeries() {
        return gateway.bean(MeterRegistry.class).counter("sluice.notifications", "provider", "wechat", "verdict", "forged").count();
    }

    /// The notifications about its order that were kept as signed.
    private static List<Notification> signed(ReceivedReply notification) {
        return gateway.notifications(Topic.NOTIFICATIONS).stream().filter(each -> each.tradeNumber().equals(notification.trade())).toList();
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

    private static String success(String path) {
        return path.startsWith("/api/wechat") ? SUCCESS : "success";
    }

    /// @return status and body
    private static String post(String path, String body) throws IOException {
        return with("Accept", "*/*", path, body);
    }

    /// With a header as no client library sends it.
    ///
    /// @return status and body
    private static String with(String header, String value, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String[] answer = exchange("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + ": " + value
                + "\r\nContent-Length: " + bytes.length + "\r\n\r\n", bytes).split("\r\n\r\n", 2);
        return answer[0].split(" ", 3)[1] + " " + answer[1];
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
