package dev.sluice.provider.wechat.v2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.Money;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.Orders;
import dev.sluice.provider.refund.RefundOrder;
import dev.sluice.provider.refund.RefundResult;
import dev.sluice.provider.wechat.account.TestCertificates;
import dev.sluice.provider.wechat.account.WechatClientCertificate;

import static org.assertj.core.api.Assertions.assertThat;

/// Against a host that demands the merchant's certificate for refunds, as WeChat Pay does.
class WechatRefundingTest {
    private static final RefundOrder REFUND = Orders.anyRefund();
    private static final String MCH_ID = WechatTill.MERCHANT.merchantId();

    @TempDir
    private static Path folder;

    private static byte[] host;
    private static byte[] ours;
    private static byte[] expired;

    @BeforeAll
    static void issue() {
        host = TestCertificates.file(folder, "localhost", "host-password", "-ext", "san=ip:127.0.0.1,dns:localhost");
        ours = TestCertificates.file(folder, MCH_ID, MCH_ID);
        expired = TestCertificates.file(folder, MCH_ID, MCH_ID, "-startdate", "-10d", "-validity", "1");
    }

    /// A WeChat Pay on TLS.
    private record Till(HttpsServer server) implements AutoCloseable {
        static Till answering(Function<String, String> answer) {
            try {
                var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.host(host, "host-password", ours, MCH_ID)) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        var demanding = getSSLContext().getDefaultSSLParameters();
                        demanding.setNeedClientAuth(true);
                        // In 1.3 the refusal of a certificate follows the handshake, and the end of the connection may outrun it.
                        demanding.setProtocols(new String[]{"TLSv1.2"});
                        parameters.setSSLParameters(demanding);
                    }
                });
                server.createContext("/secapi/pay/refund", exchange -> {
                    byte[] said = answer.apply(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, said.length);
                    exchange.getResponseBody().write(said);
                    exchange.close();
                });
                server.start();
                return new Till(server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        URI uri() {
            return URI.create("https://localhost:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static WechatClientCertificate certificate(byte[] file) {
        return TestCertificates.trusting(file, MCH_ID, host, "host-password");
    }

    @Test
    void requestsByTheCertificateWithEveryParameter() {
        List<Map<String, String>> asked = Collections.synchronizedList(new ArrayList<>());
        try (var till = Till.answering(request -> {
            asked.add(WechatTill.asked(request));
            return WechatTill.signed(accepted());
        }); var wechat = WechatTill.certified(certificate(ours), till.uri())) {
            var response = wechat.refunding().refund(REFUND);

            assertThat(response.answer()).as("accepted is not refunded").isEqualTo(new RefundResult.Accepted());
            assertThat(response.body()).as("the evidence").isNotEmpty();
            assertThat(wechat.refunding().refund(REFUND).answer()).isEqualTo(new RefundResult.Accepted());
        }
        assertThat(asked).hasSize(2).allSatisfy(fields -> assertThat(fields).containsEntry("transaction_id", REFUND.transactionId().value())
                .containsEntry("out_refund_no", REFUND.number().value()).containsEntry("total_fee", "7300")
                .containsEntry("refund_fee", "300")
                .containsEntry("refund_desc", "多付了").doesNotContainKeys("out_trade_no", "notify_url"));
    }

    @Test
    void onlyRefundsNeedTheCertificate() {
        try (var gateway = new FakeGateway(_ -> WechatTill.signed(Map.of("result_code", "FAIL", "err_code", "REFUNDNOTEXIST")));
                var wechat = WechatTill.speaking(gateway.uri())) {
            assertThat(wechat.refunding().progress(REFUND).answer().toString()).startsWith("Absent");
        }
        try (var till = Till.answering(_ -> WechatTill.signed(accepted())); var wechat = WechatTill.speaking(till.uri())) {
            assertThat(wechat.refunding().refund(REFUND).answer()).isInstanceOfSatisfying(RefundResult.WrongSetUp.class,
                    wrong -> assertThat(wrong.code()).isEqualTo("CLIENT_CERTIFICATE_MISSING"));
        }
    }

    /// A sandbox of the provider that the environment allowed; it can see no certificate.
    @Test
    void aHostOnPlainHttpNeedsNone() {
        try (var gateway = new FakeGateway(_ -> WechatTill.signed(accepted())); var wechat = WechatTill.speaking(gateway.uri())) {
            assertThat(wechat.refunding().refund(REFUND).answer()).isEqualTo(new RefundResult.Accepted());
        }
    }

    @Test
    void anExpiredCertificateIsNotSent() {
        try (var till = Till.answering(_ -> WechatTill.signed(accepted()));
                var wechat = WechatTill.certified(certificate(expired), till.uri())) {
            assertThat(wechat.refunding().refund(REFUND).answer()).isInstanceOfSatisfying(RefundResult.WrongSetUp.class,
                    wrong -> assertThat(wrong.code()).isEqualTo("CLIENT_CERTIFICATE_EXPIRED"));
        }
    }

    @Test
    void aCertificateThatTheHostDoesNotKnowIsAFaultOfTheSetUp() {
        byte[] others = TestCertificates.file(folder, MCH_ID, MCH_ID);
        try (var till = Till.answering(_ -> WechatTill.signed(accepted()));
                var wechat = WechatTill.certified(certificate(others), till.uri())) {
            assertThat(wechat.refunding().refund(REFUND).answer()).isInstanceOfSatisfying(RefundResult.WrongSetUp.class,
                    wrong -> assertThat(wrong.code()).isEqualTo("TLS"));
        }
    }

    /// Money may be on its way: the second host is asked only when the first cannot have received the request.
    @Test
    void aSilentHostIsNotFollowedByAnotherRequest() {
        List<String> second = Collections.synchronizedList(new ArrayList<>());
        try (var silent = Till.answering(_ -> {
            throw new IllegalStateException("no answer");
        }); var other = Till.answering(request -> {
            second.add(request);
            return WechatTill.signed(accepted());
        });
                var wechat = WechatTill.certified(certificate(ours), silent.uri(), other.uri());
                var away = WechatTill.certified(certificate(ours), URI.create("https://localhost:1"), other.uri())) {
            assertThat(wechat.refunding().refund(REFUND).answer()).isInstanceOf(RefundResult.Unknown.class);
            assertThat(second).isEmpty();
            assertThat(away.refunding().refund(REFUND).answer()).isEqualTo(new RefundResult.Accepted());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOTENOUGH", "FREQUENCY_LIMITED", "INVALID_REQ_TOO_MUCH"})
    void isRefusedForNow(String code) {
        assertThat(failed(code)).isEqualTo(new RefundResult.RefusedForNow(code, code + " 说明"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRADE_OVERDUE", "USER_ACCOUNT_ABNORMAL", "ERROR", "REFUND_FEE_MISMATCH", "ORDERNOTEXIST",
            "INVALID_TRANSACTIONID",
            "ORDER_NOT_READY", "INVALID_REQUEST"})
    void isRefused(String code) {
        assertThat(failed(code)).isEqualTo(new RefundResult.Refused(code, code + " 说明"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CERT_ERROR", "NOAUTH", "SIGNERROR", "PARAM_ERROR", "APPID_NOT_EXIST", "MCHID_NOT_EXIST", "XML_FORMAT_ERROR",
            "REQUIRE_POST_METHOD"})
    void isAFaultOfOurSetUp(String code) {
        assertThat(failed(code)).isEqualTo(new RefundResult.WrongSetUp(code, code + " 说明"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYSTEMERROR", "BIZERR_NEED_RETRY", "A_NEW_CODE"})
    void mayHaveHappened(String code) {
        assertThat(failed(code)).isEqualTo(new RefundResult.Unknown(code + " 说明"));
    }

    @ParameterizedTest
    @CsvSource({"refund_fee, 301", "out_refund_no, OTHER", "transaction_id, 1", "refund_count, 1", "time_end, 20261122160000"})
    void anAnswerAboutSomethingElseProvesNothing(String field, String value) {
        Map<String, String> fields = accepted();
        fields.put(field, value);

        assertThat(result(WechatTill.signed(fields))).isInstanceOf(RefundResult.Unknown.class);
    }

    @Test
    void whatIsNotSignedProvesNothing() {
        assertThat(result(WechatTill.signed(accepted()).replace("300", "301"))).isInstanceOf(RefundResult.Unknown.class);
        assertThat(result("<xml><return_code>FAIL</return_code><return_msg>系统繁忙</return_msg></xml>"))
                .isInstanceOf(RefundResult.Unknown.class);
        assertThat(result("<html>busy</html>")).isInstanceOf(RefundResult.Unknown.class);
    }

    /// WeChat Pay signs no refusal of a caller whom it does not know.
    @Test
    void anUnsignedRefusalOfTheCallerIsAFaultOfOurSetUp() {
        assertThat(result("<xml><return_code>FAIL</return_code><return_msg>证书已过期</return_msg></xml>"))
                .isInstanceOf(RefundResult.WrongSetUp.class);
        assertThat(result("<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>"))
                .isInstanceOf(RefundResult.WrongSetUp.class);
    }

    /// A character of the reason must never make a refund impossible.
    @Test
    void theReasonIsCleanedAndShortened() {
        List<Map<String, String>> asked = Collections.synchronizedList(new ArrayList<>());
        try (var till = Till.answering(request -> {
            asked.add(WechatTill.asked(request));
            return WechatTill.signed(accepted());
        }); var wechat = WechatTill.certified(certificate(ours), till.uri())) {
            for (String reason : List.of("a&refund_fee=7300\u0000", "多".repeat(100), "&=/")) {
                wechat.refunding().refund(new RefundOrder(REFUND.tradeNumber(), REFUND.number(), REFUND.transactionId(), REFUND.paid(),
                        Money.ofFen(300), reason));
            }
        }
        assertThat(asked.stream().map(fields -> fields.getOrDefault("refund_desc", "-"))).containsExactly("arefund_fee7300", "多".repeat(26),
                "-");
    }

    private static Map<String, String> accepted() {
        return new HashMap<>(Map.of("result_code", "SUCCESS", "transaction_id", REFUND.transactionId().value(), "out_trade_no",
                REFUND.tradeNumber().value(), "out_refund_no", REFUND.number().value(), "refund_id", "50000404922017112502468056157",
                "refund_fee", "300", "total_fee", "7300", "cash_fee", "7300"));
    }

    private static RefundResult failed(String code) {
        return result(WechatTill.signed(Map.of("result_code", "FAIL", "err_code", code, "err_code_des", "说明")));
    }

    private static RefundResult result(String answer) {
        try (var till = Till.answering(_ -> answer); var wechat = WechatTill.certified(certificate(ours), till.uri())) {
            return wechat.refunding().refund(REFUND).answer();
        }
    }
}
