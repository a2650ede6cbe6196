package dev.sluice.standalone.browser;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/// What comes between a payer and a payment, and how the page goes on.
@ExtendWith(Chromium.class)
class InterruptionsIT {
    private static final String NO_NETWORK = "ERR_INTERNET_DISCONNECTED";

    private static Chromium.Started chromium;

    @BeforeAll
    static void start(Chromium.Started started) {
        chromium = started;
    }

    @Test
    void anExpiredCodeIsReplacedWithOneTap() {
        try (Till till = Till.open(chromium, Screen.DESKTOP)) {
            Visitor visitor = till.visitor();
            till.place("$10", "微信支付");
            String first = till.number();
            // An order that was placed half an hour ago, as far as the orders' view is concerned.
            chromium.sluice().ledger(chromium.demo().data())
                    .sql("update orders.topup set expires_at = now() + interval '3 seconds' where trade_no = ?").param(first).update();
            visitor.page().reload();

            assertThat(visitor.heading("二维码已过期")).isVisible();
            assertThat(visitor.role(AriaRole.IMG, Pattern.compile("付款二维码"))).hasCount(0);
            assertThat(visitor.text("已经付了？请不要再付一次。")).isVisible();
            visitor.button("换一个新码").click();

            assertThat(visitor.heading("等待你付款")).isVisible();
            org.assertj.core.api.Assertions.assertThat(till.number()).isNotEqualTo(first);
            till.pay().seesCredited("$10.00");
        }
    }

    /// By the stream; the notification never comes.
    @Test
    void aReloadALostNetworkAndALostNotificationDelayNothing() {
        try (Till till = Till.open(chromium, Screen.PHONE)) {
            Visitor visitor = till.visitor().causes(NO_NETWORK);
            till.place("$10", "支付宝");
            String number = till.number();
            chromium.sluice().faults(number, List.of("NEVER_NOTIFIED"));

            visitor.page().reload();
            assertThat(visitor.heading("等待你付款")).isVisible();
            visitor.context().setOffline(true);
            assertThat(visitor.text("网络断了，正在重连。付款不受影响。").first()).isVisible();
            visitor.context().setOffline(false);
            assertThat(visitor.text("已重新连上。").first()).isVisible();

            till.pay().seesCredited("$10.00");
            org.assertj.core.api.Assertions.assertThat(till.number()).isEqualTo(number);
        }
    }

    @Test
    void withoutAStreamThePagePolls() {
        try (Till till = Till.open(chromium, Screen.DESKTOP)) {
            Visitor visitor = till.visitor().causes("/events");
            visitor.context().route("**/events", Route::abort);
            till.place("$10", "支付宝");

            till.pay().seesCredited("$10.00");
        }
    }

    @Test
    void iHavePaidAsksTheProviderAndShowsItsAnswer() {
        try (Till till = Till.open(chromium, Screen.DESKTOP)) {
            till.place("$10", "微信支付");

            till.visitor().button("我已付款").click();

            assertThat(till.visitor().text(Pattern.compile("已向微信支付查询：还没有收到付款（\\d\\d:\\d\\d:\\d\\d）。"))).isVisible();
            org.assertj.core.api.Assertions.assertThat(till.order().path("status").asString()).isEqualTo("AWAITING_PAYMENT");
        }
    }

    /// A double tap, the back button, and the page in two tabs.
    @Test
    void howeverOftenItIsAskedThereIsOneOrder() {
        try (Till till = Till.open(chromium, Screen.DESKTOP)) {
            Visitor visitor = till.visitor();
            Page other = visitor.tab("/");
            assertThat(other.locator(Till.BUTTON).first()).hasText("支付 ¥73.00");
            till.choose("$10", "微信支付");

            till.button().dblclick();
            other.locator(Till.BUTTON).first().click();

            assertThat(visitor.heading("等待你付款")).isVisible();
            String number = till.number();
            other.waitForURL(Pattern.compile("#/order/" + number + "$"));
            visitor.page().goBack();
            till.choose("$10", "微信支付");
            till.button().click();
            assertThat(visitor.heading("等待你付款")).isVisible();
            org.assertj.core.api.Assertions.assertThat(till.number()).isEqualTo(number);
            org.assertj.core.api.Assertions.assertThat(till.payer().orders()).containsExactly(number);
            till.pay().seesCredited("$10.00");
            other.bringToFront();
            assertThat(other.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("已到账").setExact(true))).isVisible();
        }
    }
}
