package dev.sluice.sandbox.wechat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import com.github.binarywang.wxpay.bean.notify.WxPayNotifyResponse;
import com.github.binarywang.wxpay.bean.notify.WxPayOrderNotifyResult;
import com.github.binarywang.wxpay.bean.notify.WxPayRefundNotifyResult;
import com.github.binarywang.wxpay.bean.request.WxPayRefundRequest;
import com.github.binarywang.wxpay.bean.request.WxPayUnifiedOrderRequest;
import com.github.binarywang.wxpay.bean.result.WxPayOrderCloseResult;
import com.github.binarywang.wxpay.bean.result.WxPayOrderQueryResult;
import com.github.binarywang.wxpay.bean.result.WxPayRefundQueryResult;
import com.github.binarywang.wxpay.bean.result.WxPayRefundResult;
import com.github.binarywang.wxpay.bean.result.WxPayUnifiedOrderResult;
import com.github.binarywang.wxpay.exception.WxPayException;
import com.github.binarywang.wxpay.service.WxPayService;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.NotificationReceiver;
import dev.sluice.sandbox.NotificationReceiver.Notification;
import dev.sluice.sandbox.RunningSandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/// WxJava, which was written against the real WeChat Pay, orders, queries, closes and reads notifications here.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WxJavaClientIT {
    private static final String NOWHERE = "http://127.0.0.1:9/notify";
    private static final String FAIL = WxPayNotifyResponse.fail("no");
    private static final String SUCCESS = WxPayNotifyResponse.success("OK");

    private final RunningSandbox sandbox = new RunningSandbox("--sandbox.time-scale=300");

    @BeforeAll
    void sandboxIsAlive() throws IOException, InterruptedException {
        assertThat(sandbox.get("/readyz").statusCode()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "HMAC-SHA256"})
    void ordersAndIsNotifiedUntilItAcknowledges(String signType) throws WxPayException, IOException, InterruptedException {
        try (var merchant = new NotificationReceiver(SUCCESS).firstAnswering(FAIL)) {
            WxPayService client = sandbox.wechatClient(signType, AnyMerchant.API_KEY);
            String number = "WxJava-" + signType;

            WxPayUnifiedOrderResult ordered = client.unifiedOrder(order(number, 730, merchant.url()));
            JsonNode seen = sandbox.wallet("open", ordered.getCodeURL());
            JsonNode paid = sandbox.wallet("pay", ordered.getCodeURL());
            Notification first = merchant.next();
            Notification second = merchant.next();

            assertThat(seen.path("amount").asString()).isEqualTo("7.30");
            assertThat(paid.path("status").asString()).isEqualTo("PAID");
            assertThat(first.contentType()).startsWith("text/xml");
            for (Notification notification : new Notification[]{first, second}) {
                WxPayOrderNotifyResult read = client.parseOrderNotifyResult(notification.body(), signType);
                assertThat(read.getOutTradeNo()).isEqualTo(number);
                assertThat(read.getTotalFee()).isEqualTo(730);
                assertThat(read.getAttach()).isEqualTo("user 7 & co");
                assertThat(read.getTransactionId()).isEqualTo(paid.path("transaction_id").asString());
            }
            assertThat(merchant.staysSilentFor(Duration.ofMillis(500))).isTrue();
        }
    }

    @Test
    void isRefusedWithTheWrongKey() {
        WxPayService forger = sandbox.wechatClient("MD5", "00000000000000000000000000000000");

        assertThatExceptionOfType(WxPayException.class)
                .isThrownBy(() -> forger.unifiedOrder(order("WxJava-forged", 1, "http://127.0.0.1/notify")))
                .withMessageContaining("签名错误");
    }

    @Test
    void isRefusedAnOrderThatIsPaid() throws WxPayException, IOException, InterruptedException {
        try (var merchant = new NotificationReceiver(SUCCESS)) {
            WxPayService client = sandbox.wechatClient("MD5", AnyMerchant.API_KEY);
            String code = client.unifiedOrder(order("WxJava-twice", 1, merchant.url())).getCodeURL();
            assertThat(sandbox.wallet("pay", code).path("status").asString()).isEqualTo("PAID");

            assertThatExceptionOfType(WxPayException.class)
                    .isThrownBy(() -> client.unifiedOrder(order("WxJava-twice", 1, merchant.url())))
                    .satisfies(refusal -> assertThat(refusal.getErrCode()).isEqualTo("ORDERPAID"));
            assertThat(sandbox.wallet("pay", code).path("code").asString()).isEqualTo("ALREADY_PAID");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "HMAC-SHA256"})
    void queriesAnOrderFromItsBeginningToItsPayment(String signType) throws WxPayException, IOException, InterruptedException {
        WxPayService client = sandbox.wechatClient(signType, AnyMerchant.API_KEY);
        String number = "WxJava-query-" + signType;
        assertRefused("ORDERNOTEXIST", () -> client.queryOrder(null, number));
        String code = client.unifiedOrder(order(number, 730, NOWHERE)).getCodeURL();

        WxPayOrderQueryResult before = client.queryOrder(null, number);
        String transactionId = sandbox.wallet("pay", code).path("transaction_id").asString();
        WxPayOrderQueryResult after = client.queryOrder(null, number);
        WxPayOrderQueryResult same = client.queryOrder(transactionId, null);

        assertThat(before.getTradeState()).isEqualTo("NOTPAY");
        assertThat(before.getTotalFee()).isNull();
        assertThat(after.getTradeState()).isEqualTo("SUCCESS");
        assertThat(after.getTotalFee()).isEqualTo(730);
        assertThat(after.getCashFee()).isEqualTo(730);
        assertThat(after.getTransactionId()).isEqualTo(transactionId);
        assertThat(after.getAttach()).isEqualTo("user 7 & co");
        assertThat(after.getTimeEnd()).matches("[0-9]{14}");
        assertThat(same.getOutTradeNo()).isEqualTo(number);
        assertRefused("ORDERPAID", () -> client.closeOrder(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "HMAC-SHA256"})
    void closesAnOrderForGood(String signType) throws WxPayException, IOException, InterruptedException {
        WxPayService client = sandbox.wechatClient(signType, AnyMerchant.API_KEY);
        String number = "WxJava-close-" + signType;
        assertRefused("ORDERNOTEXIST", () -> client.closeOrder(number));
        String code = client.unifiedOrder(order(number, 730, NOWHERE)).getCodeURL();

        assertThat(closedWhenOldEnough(client, number).getResultMsg()).isEqualTo("OK");

        assertThat(client.queryOrder(null, number).getTradeState()).isEqualTo("CLOSED");
        assertThat(sandbox.wallet("pay", code).path("code").asString()).isEqualTo("CLOSED_TRADE");
        assertRefused("ORDERCLOSED", () -> client.closeOrder(number));
        assertRefused("ORDERCLOSED", () -> client.unifiedOrder(order(number, 730, NOWHERE)));
    }

    @Test
    void refusesAnAnswerThatIsWronglySigned() throws WxPayException, IOException, InterruptedException {
        WxPayService client = sandbox.wechatClient("MD5", AnyMerchant.API_KEY);
        client.unifiedOrder(order("WxJava-wrong", 730, NOWHERE));
        assertThat(sandbox.faults("PUT", "/WxJava-wrong", "[\"WRONGLY_SIGNED_RESPONSES\"]").statusCode()).isEqualTo(200);

        assertThatExceptionOfType(WxPayException.class)
                .isThrownBy(() -> client.queryOrder(null, "WxJava-wrong"))
                .withMessageContaining("校验错误");
    }

    /// By the certificate that WxJava demands of its user; the sandbox speaks plain HTTP and sees none.
    @Test
    void refundsAndIsNotifiedOfEachRefund(@TempDir Path folder) throws WxPayException, IOException, InterruptedException {
        try (var merchant = new NotificationReceiver(SUCCESS)) {
            WxPayService client = sandbox.wechatClient("MD5", AnyMerchant.API_KEY);
            client.getConfig().setKeyContent(certificate(folder));
            String code = client.unifiedOrder(order("WxJava-refund", 730, merchant.url())).getCodeURL();
            String transactionId = sandbox.wallet("pay", code).path("transaction_id").asString();
            merchant.next();

            WxPayRefundResult accepted = client.refund(refund(transactionId, "R1", 200));
            WxPayRefundNotifyResult notified = client.parseRefundNotifyResult(merchant.next().body());
            assertThat(sandbox.post("/sandbox/refunds/wechat/WxJava-refund?fen=30", "text/plain", "").statusCode()).isEqualTo(200);
            WxPayRefundNotifyResult ofTheConsole = client.parseRefundNotifyResult(merchant.next().body());
            WxPayRefundQueryResult all = client.refundQuery(transactionId, null, null, null);

            assertThat(accepted.getRefundFee()).isEqualTo(200);
            assertThat(notified.getReqInfo().getOutRefundNo()).isEqualTo("R1");
            assertThat(notified.getReqInfo().getRefundStatus()).isEqualTo("SUCCESS");
            assertThat(notified.getReqInfo().getTransactionId()).isEqualTo(transactionId);
            assertThat(ofTheConsole.getReqInfo().getRefundRequestSource()).isEqualTo("VENDOR_PLATFORM");
            assertThat(ofTheConsole.getReqInfo().getOutRefundNo()).as("not the merchant's").isNotEqualTo("R1");
            assertThat(all.getRefundRecords()).extracting(WxPayRefundQueryResult.RefundRecord::getRefundFee).containsExactly(200, 30);
            assertThat(client.queryOrder(transactionId, null).getTradeState()).isEqualTo("REFUND");
            assertRefused("REFUNDNOTEXIST", () -> client.refundQuery(null, null, "R2", null));
            assertThat(sandbox.post("/sandbox/refunds/wechat/WxJava-refund?fen=501", "text/plain", "").body()).contains("MORE_THAN_LEFT");
            assertThat(sandbox.get("/sandbox/refunds/wechat/WxJava-refund").body()).contains("R1", "VENDOR_PLATFORM");
            assertThat(sandbox.get("/sandbox/refunds/alipay/WxJava-refund").statusCode()).isEqualTo(404);
        }
    }

    private static WxPayRefundRequest refund(String transactionId, String number, int fen) {
        return WxPayRefundRequest.newBuilder().transactionId(transactionId).outRefundNo(number).totalFee(730).refundFee(fen)
                .refundDesc("多付了").build();
    }

    private static byte[] certificate(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("apiclient_cert.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keyalg",
                "EC", "-dname", "CN=" + AnyMerchant.MCH_ID, "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
                AnyMerchant.MCH_ID).inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        return Files.readAllBytes(file);
    }

    private static WxPayOrderCloseResult closedWhenOldEnough(WxPayService client, String number) throws WxPayException,
            InterruptedException {
        Instant patience = Instant.now().plusSeconds(20);
        while (true) {
            try {
                return client.closeOrder(number);
            } catch (WxPayException refusal) {
                assertThat(refusal.getErrCode()).isEqualTo("TRADE_STATE_ERROR");
                assertThat(Instant.now()).as("closed within five minutes on the scale").isBefore(patience);
                Thread.sleep(100);
            }
        }
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatExceptionOfType(WxPayException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.getErrCode()).isEqualTo(code));
    }

    private static WxPayUnifiedOrderRequest order(String number, int fen, String notifyUrl) {
        return WxPayUnifiedOrderRequest.newBuilder()
                .body("AI服务充值")
                .outTradeNo(number)
                .totalFee(fen)
                .spbillCreateIp("127.0.0.1")
                .notifyUrl(notifyUrl)
                .tradeType("NATIVE")
                .productId("quota")
                .attach("user 7 & co")
                .build();
    }
}
