package dev.sluice.order.page;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;

import static org.assertj.core.api.Assertions.assertThat;

/// How pages and their files are served, whatever is in them: `src/test/resources/test-pages` has some for these tests.
@ExtendWith(SharedApi.class)
class PagesIT {
    private static final String SCRIPT = "/assets/script-0a1b2c3d.js";
    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148";
    private final RunningApi api;

    PagesIT(RunningApi api) {
        this.api = api;
    }

    private ResponseSpec get(String path, String... headers) {
        var request = api.anybody().get().uri(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.exchange();
    }

    private static String text(ResponseSpec answer) {
        return Objects.requireNonNull(answer.expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody());
    }

    private static int status(ResponseSpec answer) {
        return answer.expectBody().returnResult().getStatus().value();
    }

    @Test
    void thePageIsInTheReadersLanguageThemeAndPlaceFromTheFirstByte() {
        assertThat(text(get("/")))
                .contains("<html lang=\"zh-CN\" data-theme=\"\" data-place=\"desktop\" data-session=\"false\" data-demo=\"false\">");
        assertThat(text(get("/", "Accept-Language", "en-GB,en;q=0.9", "User-Agent", PHONE)))
                .contains("<html lang=\"en\" data-theme=\"\" data-place=\"phone\" data-session=\"false\" data-demo=\"false\">");
        assertThat(text(get("/", "Accept-Language", "en", "Cookie", "sluice-language=zh-CN; sluice-theme=dark")))
                .as("the reader's choice comes first").contains("<html lang=\"zh-CN\" data-theme=\"dark\"");
    }

    @Test
    void aCookieWritesNothingElseIntoThePage() {
        assertThat(text(get("/", "Cookie", "sluice-language=x\"onload=a; sluice-theme=\"><script>")))
                .contains("<html lang=\"zh-CN\" data-theme=\"\" data-place");
    }

    @Test
    void aPageRunsOnlyItsOwnScripts() {
        HttpHeaders headers = get("/").expectStatus().isOk().expectBody().returnResult().getResponseHeaders();

        assertThat(headers.getFirst("Content-Security-Policy")).isEqualTo("default-src 'none'; script-src 'self'; style-src 'self';"
                + " img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none';"
                + " frame-ancestors https://app.example.com");
        assertThat(headers.getFirst("Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(headers.getFirst("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(headers.getVary()).containsExactlyInAnyOrder("Accept-Language", "Cookie", "User-Agent");
        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(headers.getFirst("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(headers.getFirst("Permissions-Policy")).contains("camera=()");
        assertThat(headers.containsHeader("X-Frame-Options")).as("hosts may frame it").isFalse();
    }

    @Test
    void theConsoleIsOnThisMachineOnlyAndInNoFrame() {
        for (String path : List.of("/admin", "/admin/orders/01M830QY68829T57P7RB2YQPZT")) {
            ResponseSpec answer = get(path);
            answer.expectHeader().valueMatches("Content-Security-Policy", ".*frame-ancestors 'none'");
            assertThat(text(answer)).contains("A console of the tests");
            assertThat(text(get(path, "Host", "LOCALHOST:8080"))).contains("A console of the tests");
            for (String name : List.of("pay.example.com", "127.0.0.1.example.com", "localhost.", "-")) {
                get(path, "Host", name).expectStatus().value(status -> assertThat(status).as(name).isEqualTo(404)).expectBody()
                        .jsonPath("$.code").isEqualTo("NOT_FOUND");
            }
        }
    }

    @Test
    void anAssetIsKeptForAYear() {
        ResponseSpec answer = get(SCRIPT);

        answer.expectHeader().valueEquals("Content-Type", "text/javascript;charset=UTF-8");
        answer.expectHeader().valueEquals("Cache-Control", "max-age=31536000, public, immutable");
        answer.expectHeader().valueEquals("Cross-Origin-Resource-Policy", "same-origin");
        assertThat(text(answer)).startsWith("console.log");
        assertThat(get("/assets/style-0a1b2c3d.css").expectBody().returnResult().getResponseHeaders().getFirst("Content-Type"))
                .isEqualTo("text/css;charset=UTF-8");
    }

    /// By a client that leaves the answer as it is.
    @Test
    void anAssetIsSentCompressedToThoseWhoAcceptThat() throws Exception {
        HttpResponse<byte[]> compressed = accepting(SCRIPT, "deflate, GZIP;q=0.8");
        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(compressed.headers().allValues("Vary")).containsExactly("Accept-Encoding");
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(unpacked.readAllBytes()).asString().startsWith("console.log").hasLineCount(4);
        }

        for (String coding : List.of("br", "gzip;q=0", "gzip;q=0.000", "xgzip")) {
            HttpResponse<byte[]> plain = accepting(SCRIPT, coding);
            assertThat(plain.headers().firstValue("Content-Encoding")).as(coding).isEmpty();
            assertThat(plain.headers().allValues("Vary")).containsExactly("Accept-Encoding");
            assertThat(plain.body()).asString().startsWith("console.log");
        }
        assertThat(accepting("/assets/style-0a1b2c3d.css", "gzip").headers().firstValue("Content-Encoding")).isEmpty();
    }

    private HttpResponse<byte[]> accepting(String path, String coding) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                    .header("Accept-Encoding", coding).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void aHostsPageMayLoadTheElement() {
        ResponseSpec answer = get("/sluice-topup.js");

        answer.expectHeader().valueEquals("Cross-Origin-Resource-Policy", "cross-origin");
        answer.expectHeader().valueEquals("Cache-Control", "max-age=300, public");
        assertThat(text(answer)).contains("sluice-topup");
    }

    @Test
    void onlyTheFilesOfThePagesAreServed() {
        for (String path : List.of("/assets/none.js", "/assets/", "/assets/../index.html", "/assets/%2e%2e/index.html",
                "/assets/..%2f..%2forder-api.yml", SCRIPT + ".gz", "/admin.html/..%2f")) {
            assertThat(status(get(path))).as(path).isIn(400, 401, 404);
        }
        for (String path : List.of("/index.html", "/admin.html", "/pages/index.html", "/test-pages/index.html", "/order-api.yml",
                "/assets")) {
            assertThat(status(get(path))).as(path).isIn(401, 404);
        }
        assertThat(status(api.anybody().head().uri(SCRIPT).exchange())).isEqualTo(200);
        assertThat(status(api.anybody().post().uri(SCRIPT).exchange())).isEqualTo(401);
    }
}
