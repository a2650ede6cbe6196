package dev.sluice.standalone.browser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;

import static org.assertj.core.api.Assertions.assertThat;

/// One person's browser. At its end nothing may have gone wrong in it but what the test itself caused, and its token may be in no place
/// that a script or another site can read.
final class Visitor implements AutoCloseable {
    private static final String VIOLATIONS = """
            document.addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))""";
    private static final String READABLE = "() => [location.href, document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage), "
            + "document.documentElement.outerHTML].join('\\n')";
    /// A request that the page took back, by leaving or because it has no use for the answer any more.
    private static final String TAKEN_BACK = "net::ERR_ABORTED";

    /// How each ended, for the reader of a failure.
    private static final Path PICTURES = Path.of("target", "browser");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final BrowserContext context;
    private final String address;
    private final Page page;
    private final List<String> troubles = new ArrayList<>();
    private final List<Pattern> caused = new ArrayList<>();
    private String token = "";

    Visitor(Browser browser, String address, Screen screen, String language) {
        this.address = address;
        var options = new Browser.NewContextOptions().setViewportSize(screen.width, screen.height).setLocale(language)
                .setTimezoneId("Asia/Shanghai").setHasTouch(screen.isPhone()).setIsMobile(screen.isPhone());
        if (!screen.agent.isEmpty()) {
            options.setUserAgent(screen.agent);
        }
        context = browser.newContext(options);
        context.addInitScript(VIOLATIONS);
        context.onPage(this::watch);
        page = context.newPage();
    }

    private void watch(Page watched) {
        watched.onConsoleMessage(message -> note(message.type().equals("error") || message.type().equals("warning"), text(message)));
        watched.onPageError(error -> note(true, "page error: " + error));
        watched.onRequestFailed(request -> note(!TAKEN_BACK.equals(request.failure()), "failed: " + text(request)));
        watched.onRequest(request -> note(!token.isEmpty() && request.url().contains(token), "a token in an address: " + request.method()));
        watched.onCrash(_ -> note(true, "crashed"));
    }

    private static String text(ConsoleMessage message) {
        return message.type() + ": " + message.text() + " @ " + message.location();
    }

    private static String text(Request request) {
        return request.method() + " " + request.url() + " " + request.failure();
    }

    private void note(boolean trouble, String text) {
        if (trouble) {
            troubles.add(text);
        }
    }

    /// What goes wrong from here on because of the test.
    ///
    /// @param trouble a regular expression that is found in what the browser says of it
    Visitor causes(String trouble) {
        caused.add(Pattern.compile(trouble));
        return this;
    }

    /// As a host's page does.
    void signIn(String as) {
        token = as;
        APIResponse answer = context.request().post(address + "/session", RequestOptions.create().setHeader("Origin", address)
                .setHeader("Sluice-Client", "web").setForm(FormData.create().set("token", as)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    /// Another tab.
    Page tab(String path) {
        Page tab = context.newPage();
        tab.navigate(address + path);
        return tab;
    }

    Visitor go(String path) {
        page.navigate(address + path);
        return this;
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    Locator button(String name) {
        return role(AriaRole.BUTTON, name);
    }

    Locator heading(String name) {
        return role(AriaRole.HEADING, name);
    }

    /// The part with a role and exactly this accessible name.
    Locator role(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator role(AriaRole role, Pattern name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name));
    }

    Locator text(String text) {
        return page.getByText(text);
    }

    Locator text(Pattern text) {
        return page.getByText(text);
    }

    @Override
    public void close() {
        try {
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(NUMBER.incrementAndGet() + ".png")));
            for (Page open : context.pages()) {
                if (!token.isEmpty() && open.url().startsWith("http")) {
                    assertThat((String) open.evaluate(READABLE)).as(open.url()).doesNotContain(token);
                }
            }
            assertThat(troubles).filteredOn(trouble -> caused.stream().noneMatch(pattern -> pattern.matcher(trouble).find())).isEmpty();
        } finally {
            context.close();
        }
    }
}
