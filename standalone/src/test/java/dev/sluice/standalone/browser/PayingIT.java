package dev.sluice.standalone.browser;

import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/// From an amount to a new balance, as a payer sees it.
@ExtendWith(Chromium.class)
class PayingIT {
    private static final int MOST_TABS = 12;

    private static Chromium.Started chromium;

    @BeforeAll
    static void start(Chromium.Started started) {
        chromium = started;
    }

    @ParameterizedTest
    @CsvSource({"微信支付, DESKTOP", "支付宝, DESKTOP", "微信支付, PHONE", "支付宝, PHONE"})
    void anAmountBecomesABalance(String method, Screen screen) {
        try (Till till = Till.open(chromium, screen)) {
            Visitor visitor = till.visitor();
            till.choose("$10", method);
            assertThat(till.button()).hasText(Pattern.compile(screen.isPhone() ? "去支付" : "支付 ¥73\\.00"));
            assertThat(visitor.text("¥73.00").first()).isVisible();

            till.button().click();

            assertThat(visitor.heading("等待你付款")).isVisible();
            if (screen.isPhone()) {
                showsWhatWorksOnAPhone(visitor, method);
            }
            assertThat(visitor.role(AriaRole.IMG, method + "付款二维码，¥73.00")).isVisible();
            till.pay().seesCredited("$10.00");
            assertThat(visitor.page().locator("p").filter(new Locator.FilterOptions().setHasText("已到账额度")))
                    .hasText(Pattern.compile("\\$0\\.00.*\\$10\\.00"));
            assertThat(visitor.role(AriaRole.LINK, "返回陶然 AI")).isVisible();

            visitor.role(AriaRole.LINK, "记录").click();

            assertThat(visitor.heading("充值记录")).isVisible();
            String number = till.payer().orders().getFirst();
            assertThat(visitor.page().getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(number)))
                    .containsText("已到账");
            assertThat(visitor.button("复制订单号 " + number)).isVisible();
        }
    }

    private static void showsWhatWorksOnAPhone(Visitor visitor, String method) {
        if (method.equals("支付宝")) {
            assertThat(visitor.button("打开支付宝付款")).isVisible();
            visitor.text("显示二维码").click();
        } else {
            assertThat(visitor.heading("在这台手机上，支付宝更方便")).isVisible();
            assertThat(visitor.heading("用微信付：换一块屏幕扫")).isVisible();
        }
    }

    /// Alipay's links are blocked there; the way out is the browser, with the same order.
    @Test
    void insideWechatThePageShowsTheWayOut() {
        try (Till till = Till.open(chromium, Screen.WECHAT)) {
            Visitor visitor = till.visitor();
            till.place("$10", "支付宝");
            assertThat(visitor.heading("点右上角「⋯」，选择「在浏览器打开」")).isVisible();
            String before = till.number();

            visitor.button("改用微信支付（需另一块屏幕）").click();

            assertThat(visitor.role(AriaRole.IMG, "微信支付付款二维码，¥73.00")).isVisible();
            org.assertj.core.api.Assertions.assertThat(till.number()).isNotEqualTo(before);
        }
    }

    @Test
    void theKeyboardAloneComesFromAnAmountToTheCode() {
        try (Till till = Till.open(chromium, Screen.DESKTOP)) {
            Visitor visitor = till.visitor();
            var keyboard = visitor.page().keyboard();
            assertThat(till.button()).isEnabled();
            keyboard.press("Tab");
            assertThat(visitor.role(AriaRole.LINK, "跳到主要内容")).isFocused();
            keyboard.press("Enter");

            tabTo(visitor, "^\\$10\\D");
            keyboard.press("ArrowRight");
            tabTo(visitor, "^微信支付");
            keyboard.press("ArrowRight");
            assertThat(till.button()).hasText("支付 ¥146.00");
            keyboard.press("Tab");
            assertThat(till.button()).isFocused();
            assertThat(till.button()).isEnabled();
            keyboard.press("Enter");

            assertThat(visitor.heading("等待你付款")).isFocused();
            assertThat(visitor.role(AriaRole.IMG, Pattern.compile("^支付宝付款二维码"))).isVisible();
        }
    }

    /// The demo's guide stands before the form.
    private static void tabTo(Visitor visitor, String name) {
        Locator wanted = visitor.role(AriaRole.RADIO, Pattern.compile(name)).first();
        for (int i = 0; i < MOST_TABS && !(boolean) wanted.evaluate("each => each === document.activeElement"); i++) {
            visitor.page().keyboard().press("Tab");
        }
        assertThat(wanted).isFocused();
    }
}
