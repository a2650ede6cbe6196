package dev.sluice.standalone.browser;

import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import tools.jackson.databind.JsonNode;

import dev.sluice.standalone.Shopper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/// A payer at the page, and what the payer does there.
record Till(Chromium.Started chromium, Shopper payer, Visitor visitor) implements AutoCloseable {
    /// The button that places the order. It stands twice in the page, for wide windows and for narrow ones.
    static final String BUTTON = "form.buy button[type=submit]:visible";

    /// In Chinese, with $10 to buy by one method.
    static Till open(Chromium.Started chromium, Screen screen) {
        Shopper payer = chromium.payer();
        return new Till(chromium, payer, chromium.visitor(screen, "zh-CN", payer).go("/"));
    }

    Page page() {
        return visitor.page();
    }

    Till choose(String amount, String method) {
        assertThat(visitor.heading("充值额度")).isVisible();
        pick("^" + amount.replace("$", "\\$") + "(\\D|$)");
        pick("^" + method);
        return this;
    }

    private void pick(String name) {
        Locator choice = visitor.role(AriaRole.RADIO, Pattern.compile(name)).first();
        page().locator("label").filter(new Locator.FilterOptions().setHas(choice)).click();
        assertThat(choice).isChecked();
    }

    Locator button() {
        return page().locator(BUTTON).first();
    }

    /// Places an order, and waits for its code.
    Till place(String amount, String method) {
        choose(amount, method);
        button().click();
        assertThat(visitor.heading("等待你付款")).isVisible();
        assertThat(page().locator(".qr-sk")).hasCount(0);
        return this;
    }

    /// The number of the order that the page shows.
    String number() {
        page().waitForURL(Pattern.compile("#/order/"));
        return page().url().replaceAll(".*#/order/", "");
    }

    JsonNode order() {
        return payer.view(number());
    }

    /// Pays with the wallet, which asks for nothing but the code.
    Till pay() {
        JsonNode paid = payer.pay(order());
        org.assertj.core.api.Assertions.assertThat(paid.path("transaction_id").asString()).as(paid.toString()).isNotEmpty();
        return this;
    }

    void seesCredited(String quota) {
        assertThat(visitor.heading("已到账")).isVisible();
        assertThat(visitor.text("+" + quota)).isVisible();
    }

    @Override
    public void close() {
        visitor.close();
    }
}
