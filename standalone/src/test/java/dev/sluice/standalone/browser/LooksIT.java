package dev.sluice.standalone.browser;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.standalone.Shopper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/// Every page in every state that a visitor can bring about: nothing wider than its window, one language, no programmer's words, and no
/// serious finding of axe in either theme.
@ExtendWith(Chromium.class)
class LooksIT {
    private static final Pattern ANY = Pattern.compile("\\S");

    private static Chromium.Started chromium;
    private static Shopper payer;
    private static String waiting = "";
    private static String credited = "";
    private static String held = "";

    @BeforeAll
    static void start(Chromium.Started started) {
        chromium = started;
        payer = chromium.payer();
        waiting = number(payer.order("wechat", 50, "waiting"));
        JsonNode paid = payer.order("alipay", 10, "credited");
        credited = number(paid);
        payer.pay(paid);
        JsonNode wrong = payer.order("wechat", 10, "held");
        held = number(wrong);
        chromium.sluice().faults(held, List.of("WRONG_AMOUNT"));
        payer.pay(wrong);
        payer.awaitStatus(credited, "CREDITED");
        payer.awaitStatus(held, "HELD");
    }

    private static String number(JsonNode order) {
        return order.path("order_id").asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void thePayersPages(String language) {
        Map<String, String> pages = Map.of("/", "waiting for prices", "/#/order/" + waiting, "a code", "/#/order/" + credited, "credited",
                "/#/order/" + held, "held", "/#/history", "all orders", "/#/order/nothing", "no such order");
        // No order has the number that one of the pages asks for.
        try (Visitor visitor = chromium.visitor(Screen.DESKTOP, language, payer).causes("order/nothing|topup/nothing")) {
            pages.forEach((address, what) -> looksWell(visitor, address, what, language));
        }
        try (Visitor visitor = chromium.visitor(Screen.PHONE, language, payer)) {
            visitor.go("/#/order/" + waiting);
            assertThat(visitor.page().locator("h1").first()).hasText(ANY);
            looks(visitor, "a code on a phone", language);
        }
        // Those who are not signed in are shown where to; a link to a code needs no session.
        try (Visitor visitor = chromium.visitor(Screen.DESKTOP, language).causes("401")) {
            looksWell(visitor, "/", "signed out", language);
            looksWell(visitor, "/#/link/" + waiting + "/" + payer.view(waiting).path("link_key").asString(), "a link", language);
            looksWell(visitor, "/wallet", "the wallet", language);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void theConsolesPages(String language) {
        List<String> pages = List.of("", "/orders", "/orders/" + credited, "/orders/" + held, "/holds", "/settings/wechat",
                "/settings/alipay",
                "/settings/prices", "/settings/address", "/settings/changes", "/doctor", "/alerts", "/refunds", "/reconcile", "/statement");
        try (Visitor visitor = chromium.visitor(Screen.DESKTOP, language, chromium.operator("operator", "admin", "auditor"))) {
            pages.forEach(page -> looksWell(visitor, "/admin" + page, page, language));
        }
        try (Visitor visitor = chromium.visitor(Screen.DESKTOP, language).causes("401")) {
            looksWell(visitor, "/admin", "signed out", language);
        }
    }

    private static void looksWell(Visitor visitor, String address, String what, String language) {
        visitor.page().navigate("about:blank");
        visitor.go(address);
        Locator title = visitor.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)).first();
        assertThat(title).hasText(ANY);
        assertThat(visitor.page().locator(".sk, [aria-busy=true]")).hasCount(0);
        looks(visitor, what + " " + address, language);
    }

    private static void looks(Visitor visitor, String what, String language) {
        Look.at(visitor.page(), what, language);
        // Names and contrast are the same in both.
        if (language.equals("zh-CN")) {
            Look.isForAll(visitor.page(), what);
        }
    }
}
