package dev.sluice.sandbox.wechat;

import java.io.IOException;
import java.time.Duration;

import com.github.binarywang.wxpay.bean.notify.WxPayNotifyResponse;
import com.github.binarywang.wxpay.bean.notify.WxPayOrderNotifyResult;
import com.github.binarywang.wxpay.bean.request.WxPayUnifiedOrderRequest;
import com.github.binarywang.wxpay.bean.result.WxPayUnifiedOrderResult;
import com.github.binarywang.wxpay.exception.WxPayException;
import com.github.binarywang.wxpay.service.WxPayService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.NoticeReceiver;
import dev.sluice.sandbox.NoticeReceiver.Notice;
import dev.sluice.sandbox.RunningSandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/// WxJava, which was written against the real WeChat Pay, orders and reads notices here.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WxJavaClientIT {
    private static final String FAIL = WxPayNotifyResponse.fail("no");
    private static final String SUCCESS = WxPayNotifyResponse.success("OK");

    private final RunningSandbox sandbox = new RunningSandbox("--sandbox.time-scale=100");

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
    void ordersAndIsToldUntilItSaysSuccess(String signType) throws WxPayException, IOException, InterruptedException {
        try (var merchant = new NoticeReceiver(SUCCESS).firstAnswering(FAIL)) {
            WxPayService client = sandbox.wechatClient(signType, AnyMerchant.API_KEY);
            String number = "WxJava-" + signType;

            WxPayUnifiedOrderResult ordered = client.unifiedOrder(order(number, 730, merchant.url()));
            JsonNode seen = sandbox.wallet("open", ordered.getCodeURL());
            JsonNode paid = sandbox.wallet("pay", ordered.getCodeURL());
            Notice first = merchant.next();
            Notice second = merchant.next();

            assertThat(seen.path("amount").asString()).isEqualTo("7.30");
            assertThat(paid.path("status").asString()).isEqualTo("PAID");
            assertThat(first.contentType()).startsWith("text/xml");
            for (Notice notice : new Notice[]{first, second}) {
                WxPayOrderNotifyResult read = client.parseOrderNotifyResult(notice.body(), signType);
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
    void isToldThatAPaidOrderIsPaid() throws WxPayException, IOException, InterruptedException {
        try (var merchant = new NoticeReceiver(SUCCESS)) {
            WxPayService client = sandbox.wechatClient("MD5", AnyMerchant.API_KEY);
            String code = client.unifiedOrder(order("WxJava-twice", 1, merchant.url())).getCodeURL();
            assertThat(sandbox.wallet("pay", code).path("status").asString()).isEqualTo("PAID");

            assertThatExceptionOfType(WxPayException.class)
                    .isThrownBy(() -> client.unifiedOrder(order("WxJava-twice", 1, merchant.url())))
                    .satisfies(refusal -> assertThat(refusal.getErrCode()).isEqualTo("ORDERPAID"));
            assertThat(sandbox.wallet("pay", code).path("code").asString()).isEqualTo("ALREADY_PAID");
        }
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
