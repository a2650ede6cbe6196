package dev.sluice.sandbox.alipay;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayConfig;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.domain.AlipayTradeCloseModel;
import com.alipay.api.domain.AlipayTradeFastpayRefundQueryModel;
import com.alipay.api.domain.AlipayTradePrecreateModel;
import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.domain.AlipayTradeRefundModel;
import com.alipay.api.internal.util.AlipaySignature;
import com.alipay.api.request.AlipayTradeCloseRequest;
import com.alipay.api.request.AlipayTradeFastpayRefundQueryRequest;
import com.alipay.api.request.AlipayTradePrecreateRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.request.AlipayTradeRefundRequest;
import com.alipay.api.response.AlipayTradeCloseResponse;
import com.alipay.api.response.AlipayTradeFastpayRefundQueryResponse;
import com.alipay.api.response.AlipayTradePrecreateResponse;
import com.alipay.api.response.AlipayTradeQueryResponse;
import com.alipay.api.response.AlipayTradeRefundResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.NotificationReceiver;
import dev.sluice.sandbox.NotificationReceiver.Notification;
import dev.sluice.sandbox.RunningSandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/// Alipay's own SDK precreates, queries, closes and reads notifications here.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlipaySdkClientIT {
    private static final String NOWHERE = "http://127.0.0.1:9/notify";
    private static final String ALIPAY_KEY = AnyMerchant.base64(AnyMerchant.ALIPAY_KEYS.getPublic().getEncoded());

    private final RunningSandbox sandbox = new RunningSandbox("--sandbox.time-scale=500");

    @BeforeAll
    void sandboxIsAlive() throws IOException, InterruptedException {
        assertThat(sandbox.get("/readyz").statusCode()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @Test
    void precreatesAndIsNotifiedUntilItAcknowledges() throws AlipayApiException, IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("success").firstAnswering("fail")) {
            AlipayTradePrecreateResponse ordered = precreate(AnyMerchant.APPLICATION_KEYS.getPrivate(), "sdk_1", "7.30", merchant.url());
            assertThat(ordered.isSuccess()).isTrue();
            assertThat(ordered.getOutTradeNo()).isEqualTo("sdk_1");
            assertThat(ordered.getQrCode()).startsWith("https://qr.alipay.com/bax");

            JsonNode seen = sandbox.wallet("open", ordered.getQrCode());
            JsonNode paid = sandbox.wallet("pay", ordered.getQrCode());
            Map<String, String> first = verified(merchant.next());
            Map<String, String> second = verified(merchant.next());

            assertThat(seen.path("subject").asString()).isEqualTo("AI服务充值 + 1");
            assertThat(seen.has("transaction_id")).isFalse();
            assertThat(first)
                    .containsEntry("out_trade_no", "sdk_1")
                    .containsEntry("total_amount", "7.30")
                    .containsEntry("trade_status", "TRADE_SUCCESS")
                    .containsEntry("trade_no", paid.path("transaction_id").asString())
                    .containsEntry("subject", "AI服务充值 + 1");
            assertThat(second.get("notify_id")).isEqualTo(first.get("notify_id"));
            assertThat(merchant.staysSilentFor(Duration.ofSeconds(2))).isTrue();
        }
    }

    @Test
    void isRefusedWithTheWrongKey() throws AlipayApiException {
        AlipayTradePrecreateResponse refused = precreate(AnyMerchant.ALIPAY_KEYS.getPrivate(), "sdk_forged", "0.01",
                "http://127.0.0.1/notify");

        assertThat(refused.isSuccess()).isFalse();
        assertThat(refused.getSubCode()).isEqualTo("isv.invalid-signature");
    }

    @Test
    void readsSignedRefusals() throws AlipayApiException {
        AlipayTradePrecreateResponse refused = precreate(AnyMerchant.APPLICATION_KEYS.getPrivate(), "sdk_dear", "100000000.01",
                "http://127.0.0.1/notify");

        assertThat(refused.getCode()).isEqualTo("40004");
        assertThat(refused.getSubCode()).isEqualTo("ACQ.TOTAL_FEE_EXCEED");
    }

    @Test
    void queriesATradeFromItsScanToItsPayment() throws AlipayApiException, IOException, InterruptedException {
        String code = precreated("sdk_query", NOWHERE);
        AlipayTradeQueryResponse unscanned = query("sdk_query");
        sandbox.wallet("open", code);
        AlipayTradeQueryResponse waiting = query("sdk_query");
        String tradeNo = sandbox.wallet("pay", code).path("transaction_id").asString();
        AlipayTradeQueryResponse paid = query("sdk_query");

        assertThat(unscanned.getCode()).isEqualTo("40004");
        assertThat(unscanned.getSubCode()).isEqualTo("ACQ.TRADE_NOT_EXIST");
        assertThat(unscanned.getTotalAmount()).isEqualTo("0.00");
        assertThat(waiting.getTradeStatus()).isEqualTo("WAIT_BUYER_PAY");
        assertThat(paid.getCode()).isEqualTo("10000");
        assertThat(paid.getTradeStatus()).isEqualTo("TRADE_SUCCESS");
        assertThat(paid.getTradeNo()).isEqualTo(tradeNo);
        assertThat(paid.getTotalAmount()).isEqualTo("7.30");
        assertThat(paid.getReceiptAmount()).isEqualTo("7.30");
        assertThat(paid.getSendPayDate()).isNotNull();
        assertThat(paid.getFundBillList()).singleElement().satisfies(bill -> assertThat(bill.getAmount()).isEqualTo("7.30"));
        assertThat(close("sdk_query").getSubCode()).isEqualTo("ACQ.REASON_TRADE_STATUS_INVALID");
    }

    @Test
    void closesATradeAndIsNotified() throws AlipayApiException, IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("success").firstAnswering("fail")) {
            String code = precreated("sdk_close", merchant.url());
            assertThat(close("sdk_close").getSubCode()).isEqualTo("ACQ.TRADE_NOT_EXIST");
            sandbox.wallet("open", code);

            AlipayTradeCloseResponse closed = close("sdk_close");

            assertThat(closed.getCode()).isEqualTo("10000");
            assertThat(closed.getOutTradeNo()).isEqualTo("sdk_close");
            assertThat(query("sdk_close").getTradeStatus()).isEqualTo("TRADE_CLOSED");
            for (Map<String, String> notification : List.of(verified(merchant.next()), verified(merchant.next()))) {
                assertThat(notification)
                        .containsEntry("trade_status", "TRADE_CLOSED")
                        .containsEntry("trade_no", closed.getTradeNo())
                        .doesNotContainKeys("refund_fee", "gmt_refund");
            }
            assertThat(sandbox.wallet("pay", code).path("code").asString()).isEqualTo("CLOSED_TRADE");
            assertThat(close("sdk_close").getSubCode()).isEqualTo("ACQ.REASON_ILLEGAL_STATUS");
        }
    }

    @Test
    void refusesAnAnswerThatIsWronglySigned() throws AlipayApiException, IOException, InterruptedException {
        sandbox.wallet("open", precreated("sdk_wrong", NOWHERE));
        assertThat(query("sdk_wrong").getTradeStatus()).isEqualTo("WAIT_BUYER_PAY");
        assertThat(sandbox.faults("PUT", "/sdk_wrong", "[\"WRONGLY_SIGNED_RESPONSES\"]").statusCode()).isEqualTo(200);

        assertThatExceptionOfType(AlipayApiException.class).isThrownBy(() -> query("sdk_wrong")).withMessageContaining("sign check fail");
    }

    @Test
    void callsWithAFaultyResponseTakeEffect() throws AlipayApiException, IOException, InterruptedException {
        sandbox.wallet("open", precreated("sdk_bad", NOWHERE));
        assertThat(sandbox.faults("PUT", "/sdk_bad", "[\"SERVER_ERRORS\"]").statusCode()).isEqualTo(200);
        assertThatExceptionOfType(AlipayApiException.class).isThrownBy(() -> close("sdk_bad"));
        assertThat(query("sdk_other").getSubCode()).isEqualTo("ACQ.TRADE_NOT_EXIST");

        assertThat(sandbox.faults("PUT", "/sdk_bad", "[]").statusCode()).isEqualTo(200);
        assertThat(query("sdk_bad").getTradeStatus()).isEqualTo("TRADE_CLOSED");
    }

    @Test
    void refundsAndIsNotifiedOfTheSum() throws AlipayApiException, IOException, InterruptedException {
        try (var merchant = new NotificationReceiver("success")) {
            String code = precreated("sdk_refund", merchant.url());
            String tradeNo = sandbox.wallet("pay", code).path("transaction_id").asString();
            String paymentNotificationId = verified(merchant.next()).getOrDefault("notify_id", "");

            AlipayTradeRefundResponse refunded = refund(tradeNo, "R_1", "2.00");
            Map<String, String> first = verified(merchant.next());
            assertThat(sandbox.post("/sandbox/refunds/alipay/sdk_refund?fen=30", "text/plain", "").statusCode()).isEqualTo(200);
            Map<String, String> ofTheConsole = verified(merchant.next());

            assertThat(refunded.getFundChange()).isEqualTo("Y");
            assertThat(refunded.getRefundFee()).isEqualTo("2.00");
            assertThat(first).containsEntry("trade_status", "TRADE_SUCCESS").containsEntry("refund_fee", "2.00")
                    .containsEntry("out_biz_no", "R_1").containsKey("gmt_refund");
            assertThat(first.get("notify_id")).isNotEqualTo(paymentNotificationId);
            assertThat(ofTheConsole).containsEntry("refund_fee", "2.30").doesNotContainEntry("out_biz_no", "R_1");
            assertThat(queryRefund(tradeNo, "R_1").getRefundStatus()).isEqualTo("REFUND_SUCCESS");
            assertThat(queryRefund(tradeNo, "R_2").getRefundStatus()).isNull();
            assertThat(refund(tradeNo, "R_1", "2.00").getFundChange()).isEqualTo("N");
            assertThat(sandbox.post("/sandbox/refunds/alipay/sdk_refund?fen=500", "text/plain", "").statusCode()).isEqualTo(200);
            assertThat(query("sdk_refund").getTradeStatus()).isEqualTo("TRADE_CLOSED");
            assertThat(merchant.staysSilentFor(Duration.ofSeconds(1))).as("a whole refund in the console notifies of nothing").isTrue();
        }
    }

    private AlipayTradeRefundResponse refund(String tradeNo, String number, String yuan) throws AlipayApiException {
        var model = new AlipayTradeRefundModel();
        model.setTradeNo(tradeNo);
        model.setOutRequestNo(number);
        model.setRefundAmount(yuan);
        var request = new AlipayTradeRefundRequest();
        request.setBizModel(model);
        return client(AnyMerchant.APPLICATION_KEYS.getPrivate()).execute(request);
    }

    private AlipayTradeFastpayRefundQueryResponse queryRefund(String tradeNo, String number) throws AlipayApiException {
        var model = new AlipayTradeFastpayRefundQueryModel();
        model.setTradeNo(tradeNo);
        model.setOutRequestNo(number);
        var request = new AlipayTradeFastpayRefundQueryRequest();
        request.setBizModel(model);
        return client(AnyMerchant.APPLICATION_KEYS.getPrivate()).execute(request);
    }

    private String precreated(String number, String notifyUrl) throws AlipayApiException {
        AlipayTradePrecreateResponse ordered = precreate(AnyMerchant.APPLICATION_KEYS.getPrivate(), number, "7.30", notifyUrl);
        assertThat(ordered.isSuccess()).isTrue();
        return ordered.getQrCode();
    }

    private AlipayTradeQueryResponse query(String number) throws AlipayApiException {
        var model = new AlipayTradeQueryModel();
        model.setOutTradeNo(number);
        var request = new AlipayTradeQueryRequest();
        request.setBizModel(model);
        return client(AnyMerchant.APPLICATION_KEYS.getPrivate()).execute(request);
    }

    private AlipayTradeCloseResponse close(String number) throws AlipayApiException {
        var model = new AlipayTradeCloseModel();
        model.setOutTradeNo(number);
        var request = new AlipayTradeCloseRequest();
        request.setBizModel(model);
        return client(AnyMerchant.APPLICATION_KEYS.getPrivate()).execute(request);
    }

    private AlipayTradePrecreateResponse precreate(PrivateKey key, String number, String yuan, String notifyUrl) throws AlipayApiException {
        var model = new AlipayTradePrecreateModel();
        model.setOutTradeNo(number);
        model.setTotalAmount(yuan);
        model.setSubject("AI服务充值 + 1");
        var request = new AlipayTradePrecreateRequest();
        request.setBizModel(model);
        request.setNotifyUrl(notifyUrl);
        return client(key).execute(request);
    }

    private AlipayClient client(PrivateKey key) throws AlipayApiException {
        var config = new AlipayConfig();
        config.setServerUrl(sandbox.url() + "/gateway.do");
        config.setAppId(AnyMerchant.ALIPAY_APP_ID);
        config.setPrivateKey(AnyMerchant.base64(key.getEncoded()));
        config.setAlipayPublicKey(ALIPAY_KEY);
        return new DefaultAlipayClient(config);
    }

    private static Map<String, String> verified(Notification notification) throws AlipayApiException {
        assertThat(notification.contentType()).startsWith("application/x-www-form-urlencoded");
        Map<String, String> parameters = Arrays.stream(notification.body().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
        // A copy: the SDK takes sign and sign_type out of the map it is given.
        assertThat(AlipaySignature.rsaCheckV1(new HashMap<>(parameters), ALIPAY_KEY, "UTF-8", "RSA2")).isTrue();
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
