package dev.sluice.sandbox.wallet;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;

import com.github.binarywang.wxpay.exception.WxPayException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.RunningSandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalletIT {
    private final RunningSandbox sandbox = new RunningSandbox();

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @Test
    void showsPaysAndThenShowsPaid() throws WxPayException, IOException, InterruptedException {
        String code = code("wallet-pages");

        HttpResponse<String> shown = page(code);
        assertThat(shown.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(shown.body())
                .contains("微信支付", AnyMerchant.MCH_ID, "¥7.30", "wallet-pages", "支付 Pay", "离开 Leave")
                .contains("&lt;b&gt;quota&lt;/b&gt;")
                .doesNotContain("<b>quota");

        assertThat(sandbox.submit("/wallet/pay", code).body()).contains("支付成功", "4200");
        assertThat(sandbox.submit("/wallet/pay", code).body()).contains("已支付");
        assertThat(page(code).body()).contains("支付成功").doesNotContain("支付 Pay");
    }

    @Test
    void letsThePayerLeave() throws WxPayException, IOException, InterruptedException {
        String code = code("wallet-leave");
        assertThat(page(code).statusCode()).isEqualTo(200);

        assertThat(sandbox.submit("/wallet/leave", code).body()).contains("已离开");

        assertThat(sandbox.wallet("leave", code).path("status").asString()).isEqualTo("LEFT");
        assertThat(sandbox.wallet("open", code).path("status").asString()).isEqualTo("UNPAID");
    }

    @Test
    void escapesWhateverIsPasted() throws IOException, InterruptedException {
        assertThat(page("\"><script>alert(1)</script>").body()).contains("无法识别的付款码").doesNotContain("<script>");
        assertThat(sandbox.get("/wallet").body()).contains("扫一扫");
    }

    @Test
    void respondsWithAStatusWhenItCannotPay() throws WxPayException, IOException, InterruptedException {
        String code = code("wallet-twice");
        JsonNode paid = sandbox.wallet("pay", code);

        assertThat(paid.path("status").asString()).isEqualTo("PAID");
        assertThat(paid.path("out_trade_no").asString()).isEqualTo("wallet-twice");
        assertThat(pay(code).statusCode()).isEqualTo(409);
        assertThat(pay(code).body()).contains("\"code\":\"ALREADY_PAID\"");
        assertThat(pay("unknown").statusCode()).isEqualTo(404);
        assertThat(pay("unknown").body()).contains("\"code\":\"UNKNOWN_CODE\"", "\"message\"");
    }

    @Test
    void readsNoEndlessBody() throws IOException, InterruptedException {
        String endless = "<xml>" + " ".repeat(70_000) + "</xml>";

        assertThat(sandbox.post("/pay/unifiedorder", "text/xml", endless).statusCode()).isEqualTo(413);
        assertThat(sandbox.post("/gateway.do", "application/x-www-form-urlencoded", "a=" + "b".repeat(70_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void readsXmlWhateverItIsLabelled() throws IOException, InterruptedException {
        for (String label : new String[]{"text/xml", "application/x-www-form-urlencoded", "application/json"}) {
            assertThat(sandbox.post("/pay/unifiedorder", label, "<xml></xml>").body()).contains("LACK_PARAMS");
        }
    }

    @Test
    void hasProbesAndMetrics() throws IOException, InterruptedException {
        assertThat(sandbox.get("/livez").statusCode()).isEqualTo(200);
        assertThat(sandbox.get("/readyz").body()).contains("UP");
        assertThat(sandbox.get("/metrics").body()).contains("jvm_memory_used_bytes");
        assertThat(sandbox.get("/pay/unifiedorder").body()).contains("REQUIRE_POST_METHOD");
    }

    private HttpResponse<String> page(String code) throws IOException, InterruptedException {
        return sandbox.get("/wallet?code=" + URLEncoder.encode(code, UTF_8));
    }

    private HttpResponse<String> pay(String code) throws IOException, InterruptedException {
        return sandbox.post("/wallet/api/pay", "application/json", "{\"code\":\"" + code + "\"}");
    }

    private String code(String number) throws WxPayException {
        return sandbox.wechatCode(number, "<b>quota</b>", "http://127.0.0.1:9/notify");
    }
}
