package dev.sluice.standalone.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/// Measures how large the pages are and how soon they can be used, on loopback with a processor that is four times slower. Asserts nothing of
/// it: CONTRIBUTING.md has the command.
@ExtendWith(Chromium.class)
class Figures {
    private static final int SLOWER = 4;
    private static final int ROUNDS = 3;
    private static final double KIB = 1024;
    private static final String TIMES = """
            () => [performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, performance.now(),
                window.longTasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0)]""";
    private static final String WATCH = """
            window.longTasks = [];
            new PerformanceObserver(list => list.getEntries().forEach(task => window.longTasks.push(task.duration))).observe({type: 'longtask', buffered: true})""";

    /// A file that a page asked for, as it comes over the wire.
    private record Loaded(String path, int size) {
        static Loaded of(Response response) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                var request = HttpRequest.newBuilder(URI.create(response.url())).header("Accept-Encoding", "gzip").build();
                return new Loaded(request.uri().getPath(), client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body().length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void firstLoads(Chromium.Started chromium) {
        System.out.println(
                "| page | files | KiB gzipped | of it scripts | requests to the API | first paint, ms | usable, ms | blocked, ms |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (String page : List.of("/", "/admin", "/admin/orders", "/admin/holds", "/admin/settings/wechat", "/admin/doctor",
                "/admin/alerts")) {
            System.out.println(measured(chromium, page));
        }
    }

    private static String measured(Chromium.Started chromium, String path) {
        List<double[]> times = new ArrayList<>();
        List<Response> answers = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            answers.clear();
            try (Visitor visitor = path.equals("/")
                    ? chromium.visitor(Screen.PHONE, "zh-CN", chromium.payer())
                    : chromium.visitor(Screen.DESKTOP, "zh-CN", chromium.operator("operator", "admin", "auditor"))) {
                Page page = visitor.page();
                page.addInitScript(WATCH);
                CDPSession session = visitor.context().newCDPSession(page);
                JsonObject rate = new JsonObject();
                rate.addProperty("rate", SLOWER);
                session.send("Emulation.setCPUThrottlingRate", rate);
                page.onResponse(answers::add);
                visitor.go(path);
                if (path.equals("/")) {
                    assertThat(page.locator(Till.BUTTON).first()).isEnabled();
                } else {
                    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)).first()).isVisible();
                }
                times.add(((List<?>) page.evaluate(TIMES)).stream().mapToDouble(time -> ((Number) time).doubleValue()).toArray());
            }
        }
        times.sort((a, b) -> Double.compare(a[1], b[1]));
        double[] median = times.get(ROUNDS / 2);
        List<Loaded> files = answers.stream().filter(answer -> !answer.url().contains("/api/") && answer.url().startsWith("http"))
                .map(Loaded::of)
                .toList();
        double all = files.stream().mapToInt(Loaded::size).sum() / KIB;
        double scripts = files.stream().filter(file -> file.path().endsWith(".js")).mapToInt(Loaded::size).sum() / KIB;
        return String.format("| `%s` | %d | %.1f | %.1f | %d | %.0f | %.0f | %.0f |", path, files.size(), all, scripts,
                answers.stream().filter(answer -> answer.url().contains("/api/")).count(), median[0], median[1], median[2]);
    }
}
