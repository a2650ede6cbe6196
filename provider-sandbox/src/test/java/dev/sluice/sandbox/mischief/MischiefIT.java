package dev.sluice.sandbox.mischief;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

import com.github.binarywang.wxpay.exception.WxPayException;
import com.github.binarywang.wxpay.service.WxPayService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.RunningSandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MischiefIT {
    private static final String NOTIFY_URL = "http://127.0.0.1:9/notify";

    private final RunningSandbox sandbox = new RunningSandbox();
    private final WxPayService wechat = sandbox.wechatClient("MD5", AnyMerchant.API_KEY);

    @AfterEach
    void behave() throws IOException, InterruptedException {
        assertThat(sandbox.mischief("DELETE", "", "").body()).isEqualTo("{\"all\":[],\"orders\":{}}");
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @Test
    void switchesOnAndOffForAllAndForOne() throws IOException, InterruptedException {
        assertThat(sandbox.mischief("PUT", "", "[\"GARBAGE\",\"NEVER_TOLD\"]").body())
                .isEqualTo("{\"all\":[\"NEVER_TOLD\",\"GARBAGE\"],\"orders\":{}}");
        assertThat(sandbox.mischief("PUT", "/T-1", "[]").body())
                .isEqualTo("{\"all\":[\"NEVER_TOLD\",\"GARBAGE\"],\"orders\":{\"T-1\":[]}}");
        assertThat(sandbox.mischief("PUT", "/T%7C2", "[\"PAID_TWICE\"]").body()).contains("\"T|2\":[\"PAID_TWICE\"]");
        assertThat(sandbox.mischief("DELETE", "/T-1", "").body()).doesNotContain("T-1");

        HttpResponse<String> shown = sandbox.get("/sandbox/mischief");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(shown.body()).isEqualTo("{\"all\":[\"NEVER_TOLD\",\"GARBAGE\"],\"orders\":{\"T|2\":[\"PAID_TWICE\"]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"KINDNESS\"]", "[1]", "\"NEVER_TOLD\"", "{}", "", "[", "[\"never_told\"]"})
    void refusesWhatItDoesNotKnowAndNamesWhatItKnows(String json) throws IOException, InterruptedException {
        for (String path : List.of("", "/T-1")) {
            HttpResponse<String> refused = sandbox.mischief("PUT", path, json);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("\"code\":\"UNKNOWN_MISCHIEF\"", "NEVER_TOLD", "CLOSES_IN_WORDS_ONLY");
        }
        assertThat(sandbox.get("/sandbox/mischief").body()).endsWith("\"orders\":{}}");
    }

    @Test
    void refusesANumberNoOrderCanHave() throws IOException, InterruptedException {
        assertThat(sandbox.mischief("PUT", "/" + "1".repeat(65), "[]").body()).contains("\"code\":\"NO_ORDER_NUMBER\"");
        assertThat(sandbox.mischief("PUT", "/%20", "[]").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_ERRORS", "GARBAGE", "WRONGLY_SIGNED_ANSWERS"})
    void whatIsAnsweredBadlyIsDoneAllTheSame(Mischief mischief) throws WxPayException, IOException, InterruptedException {
        String number = "m-" + mischief;
        assertThat(sandbox.mischief("PUT", "/" + number, "[\"" + mischief + "\"]").statusCode()).isEqualTo(200);

        assertThatExceptionOfType(Exception.class).isThrownBy(() -> sandbox.wechatCode(number, "AI服务充值", NOTIFY_URL));
        assertThatExceptionOfType(Exception.class).isThrownBy(() -> wechat.queryOrder(null, number));
        assertThat(sandbox.mischief("DELETE", "/" + number, "").statusCode()).isEqualTo(200);

        assertThat(wechat.queryOrder(null, number).getTradeState()).isEqualTo("NOTPAY");
    }

    @Test
    void callsOfStrangersSufferWhatIsOnForAll() throws IOException, InterruptedException {
        assertThat(sandbox.mischief("PUT", "", "[\"SERVER_ERRORS\"]").statusCode()).isEqualTo(200);

        for (String path : List.of("/pay/unifiedorder", "/pay/orderquery", "/pay/closeorder", "/gateway.do")) {
            assertThat(sandbox.post(path, "text/plain", "a=b").statusCode()).as(path).isEqualTo(503);
        }
    }
}
