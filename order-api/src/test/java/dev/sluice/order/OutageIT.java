package dev.sluice.order;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

import dev.sluice.testing.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What is told while something that we cannot do without is away. The order API is its own: nothing works in it afterwards.
@BesideOthers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageIT {
    private static FakeWechat wechat;
    private static FakeAlipay alipay;
    private static RunningApi api;

    @BeforeAll
    static void start() throws Exception {
        wechat = new FakeWechat();
        alipay = new FakeAlipay();
        api = RunningApi.withSettings(SharedApi.settings(wechat, alipay));
    }

    @AfterAll
    static void stop() {
        api.close();
        wechat.close();
        alipay.close();
    }

    @Test
    @Order(1)
    void withoutTheLogThereAreNoNewOrdersAndNoProviderIsAsked() {
        Client user = api.anotherUser();
        user.pay(10, null);
        api.endKafka();
        int asked = wechat.asked.size();

        assertThat(user.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, "log-away", 503).path("code").asString())
                .isEqualTo("UNAVAILABLE");

        assertThat(wechat.asked).hasSize(asked);
    }

    @Test
    @Order(2)
    void withoutTheDatabaseItSaysSo() {
        api.endPostgres();

        assertThat(api.anotherUser().post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, null, 503).path("code").asString())
                .isEqualTo("UNAVAILABLE");
    }

    @Test
    @Order(3)
    void theAlertsNameWhatIsAwayAndWhatIsUnknown() {
        await().atMost(RunningApi.SOON).untilAsserted(() -> {
            JsonNode alerts = api.operator().inEnglish().get("/api/topup/alerts").path("data");
            assertThat(alerts.path("not_observed").valueStream().map(JsonNode::asString)).contains("MoneyWaiting", "HoldOpen",
                    "DeadLetter");
            assertThat(alerts.path("parts").valueStream().filter(part -> part.path("state").asString().equals("DOWN"))
                    .map(part -> part.path("name").asString())).contains("database", "log");
        });
    }
}
