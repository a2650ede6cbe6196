package dev.sluice.standalone.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import dev.sluice.standalone.Shopper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/// Makes the pictures of docs/images. CONTRIBUTING.md has the command.
@ExtendWith(Chromium.class)
class Pictures {
    private static final Path FOLDER = Path.of("..", "docs", "images");
    private static final List<String> LANGUAGES = List.of("zh-CN", "en");

    private static final String TRANSITIONS = """
            () => Promise.all(document.getAnimations().filter(each => each instanceof CSSTransition).map(each => each.finished)).then(() => true)""";
    /// Without the demo's guide, which no merchant's payer has.
    private static final String WITHOUT_GUIDE = "if (location.protocol === 'http:') localStorage.setItem('sluice-guide', '1')";

    @Test
    void thePayersPages(Chromium.Started chromium) {
        Shopper payer = chromium.payer();
        JsonNode order = payer.order("wechat", 50, "picture");
        JsonNode alipay = payer.order("alipay", 100, "picture-alipay");
        String number = order.path("order_id").asString();
        for (String language : LANGUAGES) {
            try (Visitor visitor = chromium.visitor(Screen.DESKTOP, language, payer)) {
                take(visitor, "/", "top-up", language);
                take(visitor, "/#/order/" + number, "cashier", language);
            }
            try (Visitor visitor = chromium.visitor(Screen.PHONE, language, payer)) {
                take(visitor, "/", "top-up-phone", language);
                take(visitor, "/#/order/" + alipay.path("order_id").asString(), "cashier-phone", language);
            }
        }
        payer.pay(order);
        payer.awaitStatus(number, "CREDITED");
        for (String language : LANGUAGES) {
            try (Visitor visitor = chromium.visitor(Screen.DESKTOP, language, payer)) {
                take(visitor, "/#/order/" + number, "credited", language);
                take(visitor, "/#/history", "history", language);
            }
        }
    }

    @Test
    void theConsolesPages(Chromium.Started chromium) {
        String credited = "";
        for (int i = 0; i < 12; i++) {
            Shopper payer = chromium.payer();
            JsonNode order = payer.order(i % 3 == 0 ? "alipay" : "wechat", 10L * (1 + i % 5), "picture");
            String number = order.path("order_id").asString();
            if (i == 5) {
                chromium.sluice().faults(number, List.of("WRONG_AMOUNT"));
            }
            if (i != 7) {
                payer.pay(order);
                payer.awaitStatus(number, i == 5 ? "HELD" : "CREDITED");
                credited = i == 5 ? credited : number;
            }
        }
        for (String language : LANGUAGES) {
            try (Visitor visitor = chromium.visitor(Screen.DESKTOP, language, chromium.operator("operator", "admin", "auditor"))) {
                take(visitor, "/admin", "console-home", language);
                take(visitor, "/admin/orders/" + credited, "console-order", language);
                take(visitor, "/admin/holds", "console-holds", language);
                take(visitor, "/admin/settings/wechat", "console-settings", language);
            }
        }
    }

    private static void take(Visitor visitor, String address, String name, String language) {
        Page page = visitor.page();
        page.addInitScript(WITHOUT_GUIDE);
        page.navigate("about:blank");
        for (ColorScheme theme : name.equals("top-up") || name.equals("console-home")
                ? List.of(ColorScheme.DARK, ColorScheme.LIGHT)
                : List.of(ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            visitor.go(address);
            assertThat(page.locator("h1").first()).hasText(Pattern.compile("\\S"));
            assertThat(page.locator(".sk, [aria-busy=true], form.buy button:disabled")).hasCount(0);
            page.evaluate(TRANSITIONS);
            String dark = theme == ColorScheme.DARK ? "-dark" : "";
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(FOLDER.resolve(name + dark + "." + language.substring(0, 2).toLowerCase(Locale.ROOT)
                            + ".png")));
        }
    }
}
