package dev.sluice.sandbox.fault;

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
class FaultsIT {
    private static final String NOTIFY_URL = "http://127.0.0.1:9/notify";

    private final RunningSandbox sandbox = new RunningSandbox();
    private final WxPayService wechat = sandbox.wechatClient("MD5", AnyMerchant.API_KEY);

    @AfterEach
    void behave() throws IOException, InterruptedException {
        assertThat(sandbox.faults("DELETE", "", "").body()).isEqualTo("{\"all\":[],\"orders\":{}}");
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @Test
    void switchesOnAndOffForAllAndForOne() throws IOException, InterruptedException {
        assertThat(sandbox.faults("PUT", "", "[\"GARBAGE\",\"NEVER_NOTIFIED\"]").body())
                .isEqualTo("{\"all\":[\"NEVER_NOTIFIED\",\"GARBAGE\"],\"orders\":{}}");
        assertThat(sandbox.faults("PUT", "/T-1", "[]").body())
                .isEqualTo("{\"all\":[\"NEVER_NOTIFIED\",\"GARBAGE\"],\"orders\":{\"T-1\":[]}}");
        assertThat(sandbox.faults("PUT", "/T%7C2", "[\"PAID_TWICE\"]").body()).contains("\"T|2\":[\"PAID_TWICE\"]");
        assertThat(sandbox.faults("DELETE", "/T-1", "").body()).doesNotContain("T-1");

        HttpResponse<String> shown = sandbox.get("/sandbox/faults");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(shown.body()).isEqualTo("{\"all\":[\"NEVER_NOTIFIED\",\"GARBAGE\"],\"orders\":{\"T|2\":[\"PAID_TWICE\"]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"KINDNESS\"]", "[1]", "\"NEVER_NOTIFIED\"", "{}", "", "[", "[\"never_notified\"]", "[\"\"]", "[null]",
            "null"})
    void refusesWhatItDoesNotKnowAndNamesWhatItKnows(String json) throws IOException, InterruptedException {
        for (String path : List.of("", "/T-1")) {
            HttpResponse<String> refused = sandbox.faults("PUT", path, json);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("\"code\":\"UNKNOWN_FAULT\"", "NEVER_NOTIFIED", "CLOSED_BUT_PAYABLE");
        }
        assertThat(sandbox.get("/sandbox/faults").body()).endsWith("\"orders\":{}}");
    }

    @Test
    void refusesANumberNoOrderCanHave() throws IOException, InterruptedException {
        assertThat(sandbox.faults("PUT", "/" + "1".repeat(65), "[]").body()).contains("\"code\":\"NO_ORDER_NUMBER\"");
        assertThat(sandbox.faults("PUT", "/%20", "[]").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_ERRORS", "GARBAGE", "WRONGLY_SIGNED_RESPONSES"})
    void callsWithAFaultyResponseTakeEffect(Fault fault) throws WxPayException, IOException, InterruptedException {
        String number = "m-" + fault;
        assertThat(sandbox.faults("PUT", "/" + number, "[\"" + fault + "\"]").statusCode()).isEqualTo(200);

        assertThatExceptionOfType(Exception.class).isThrownBy(() -> sandbox.wechatCode(number, "AI服务充值", NOTIFY_URL));
        assertThatExceptionOfType(Exception.class).isThrownBy(() -> wechat.queryOrder(null, number));
        assertThat(sandbox.faults("DELETE", "/" + number, "").statusCode()).isEqualTo(200);

        assertThat(wechat.queryOrder(null, number).getTradeState()).isEqualTo("NOTPAY");
    }

    @Test
    void callsOfStrangersHaveTheFaultsOfAll() throws IOException, InterruptedException {
        assertThat(sandbox.faults("PUT", "", "[\"SERVER_ERRORS\"]").statusCode()).isEqualTo(200);

        for (String path : List.of("/pay/unifiedorder", "/pay/orderquery", "/pay/closeorder", "/gateway.do")) {
            assertThat(sandbox.post(path, "text/plain", "a=b").statusCode()).as(path).isEqualTo(503);
        }
    }
}
