package dev.sluice.sandbox.fault;

import java.io.IOException;

import com.github.binarywang.wxpay.exception.WxPayException;
import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.NotificationReceiver;
import dev.sluice.sandbox.RunningSandbox;

import static org.assertj.core.api.Assertions.assertThat;

class FaultsAtStartIT {
    private static final String SUCCESS = "<xml><return_code>SUCCESS</return_code></xml>";

    @Test
    void notifiesAsTheSettingRequires() throws WxPayException, IOException, InterruptedException {
        try (var sandbox = new RunningSandbox("--sandbox.faults=NOTIFIED_TWICE,OUTDATED_NOTIFICATION");
                var merchant = new NotificationReceiver(SUCCESS)) {
            assertThat(sandbox.get("/sandbox/faults").body())
                    .isEqualTo("{\"all\":[\"NOTIFIED_TWICE\",\"OUTDATED_NOTIFICATION\"],\"orders\":{}}");
            String code = sandbox.wechatCode("faults-start", "AI服务充值", merchant.url());

            assertThat(sandbox.wallet("pay", code).path("status").asString()).isEqualTo("PAID");

            assertThat(merchant.next().body()).contains("<result_code><![CDATA[SUCCESS]]>");
            assertThat(merchant.next().body()).contains("<result_code><![CDATA[SUCCESS]]>");
            assertThat(merchant.next().body()).contains("<result_code><![CDATA[FAIL]]>");
        }
    }
}
