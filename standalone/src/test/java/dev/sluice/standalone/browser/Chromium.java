package dev.sluice.standalone.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import dev.sluice.standalone.Running;
import dev.sluice.standalone.SharedDemo;
import dev.sluice.standalone.Shopper;

/// One browser and one demo for all classes of this package. Without a browser they are skipped, and say so.
final class Chromium implements ExecutionCondition, ParameterResolver {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    /// What a page is waited for on a busy machine.
    private static final double PATIENCE_MS = 30_000;

    /// The browser, and the demo that it looks at. Each test has users of its own.
    record Started(Playwright playwright, Browser browser, SharedDemo.Started demo, AtomicLong users) implements AutoCloseable {
        private static Started now(SharedDemo.Started demo) {
            Path node = program(List.of("node")).orElseThrow();
            Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node.toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
            Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(program(NAMES).orElseThrow())
                    .setChromiumSandbox(false));
            return new Started(playwright, browser, demo, new AtomicLong(firstUser()));
        }

        /// Another one in each run, for those who try the tests on a demo that they keep.
        private static long firstUser() {
            return 700_000 + Clock.systemUTC().millis() / 1000 % 90_000;
        }

        Running sluice() {
            return demo.sluice();
        }

        String address() {
            return "http://127.0.0.1:" + sluice().port;
        }

        /// A user who has bought nothing yet.
        Shopper payer() {
            return Shopper.of(sluice(), users.incrementAndGet(), demo.jwtSecret());
        }

        /// Someone who runs Sluice, with these roles.
        Shopper operator(String... roles) {
            return Shopper.of(sluice(), users.incrementAndGet(), List.of(roles), demo.jwtSecret());
        }

        /// A browser of someone who has not signed in.
        Visitor visitor(Screen screen, String language) {
            Visitor visitor = new Visitor(browser, address(), screen, language);
            visitor.page().setDefaultTimeout(PATIENCE_MS);
            return visitor;
        }

        /// A browser of someone who has signed in.
        Visitor visitor(Screen screen, String language, Shopper user) {
            Visitor visitor = visitor(screen, language);
            visitor.signIn(user.token());
            return visitor;
        }

        @Override
        public void close() {
            playwright.close();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> missing = Stream.of(NAMES, List.of("node")).filter(names -> program(names).isEmpty())
                .map(names -> names.getFirst())
                .findFirst();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        String line = context.getDisplayName() + " SKIPPED: it needs " + missing.get()
                + ", which is not installed (apt-get install chromium"
                + " fonts-noto-cjk)";
        System.err.println(line);
        return ConditionEvaluationResult.disabled(line);
    }

    private static Optional<Path> program(List<String> names) {
        return Stream.of(System.getenv("PATH").split(":")).flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Started.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
        SharedDemo.Started demo = SharedDemo.in(context);
        return store.computeIfAbsent(Started.class, _ -> Started.now(demo), Started.class);
    }
}
