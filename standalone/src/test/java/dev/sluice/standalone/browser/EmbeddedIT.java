package dev.sluice.standalone.browser;

import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.standalone.Shopper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/// The demo's own: its start, and the element in the page of a host, which is another origin with a backend that has the token.
@ExtendWith(Chromium.class)
class EmbeddedIT {
    private static Chromium.Started chromium;

    @BeforeAll
    static void start(Chromium.Started started) {
        chromium = started;
    }

    /// By its own buttons, and so with its own cookie, which no script can read.
    @Test
    void theDemoOffersWhoToBe() {
        try (Visitor visitor = chromium.visitor(Screen.DESKTOP, "zh-CN").causes("401")) {
            visitor.go("/").button("付款人 2").click();
            assertThat(visitor.heading("充值额度")).isVisible();
            assertThat(visitor.heading("第一笔付款，四步")).isVisible();
            org.assertj.core.api.Assertions.assertThat((String) visitor.page().evaluate("document.cookie")).doesNotContain("session");
            Look.at(visitor.page(), "the guide", "zh-CN");
            Look.isForAll(visitor.page(), "the guide");

            visitor.button("管理员").click();

            visitor.page().waitForURL(Pattern.compile("/admin"));
            assertThat(visitor.heading("概览")).isVisible();
        }
    }

    @Test
    void aHostsUserPaysInTheHostsPageWhichIsNotified() {
        try (Visitor visitor = chromium.visitor(Screen.DESKTOP, "zh-CN")) {
            String host = chromium.address().replace("127.0.0.1", "localhost");
            Page page = visitor.page();
            var placed = page.waitForResponse(Pattern.compile("/api/user/\\w+/pay$"), () -> {
                page.navigate(host + "/demo/host/");
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^支付 ¥"))).click();
            });
            JsonNode order = JsonMapper.shared().readTree(placed.text()).path("data");
            assertThat(visitor.heading("等待你付款")).isVisible();
            Look.at(page, "a host's page", "zh-CN");
            Look.isForAll(page, "a host's page");

            new Shopper(chromium.sluice(), "").pay(order);

            assertThat(visitor.heading("已到账")).isVisible();
            assertThat(visitor.text("收到事件 credited：" + order.path("order_id").asString())).isVisible();
        }
    }
}
