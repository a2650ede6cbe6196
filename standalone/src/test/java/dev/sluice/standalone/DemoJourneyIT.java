package dev.sluice.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/// The first minute in the browser: the pages as they were built, users at the press of a button, and the page of a host that is not Sluice.
@ExtendWith(SharedDemo.class)
class DemoJourneyIT {
    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");

    private static final Duration WITHIN = Duration.ofSeconds(30);

    /// Its own, since its answers are tokens.
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final String sluice;
    private final String host;

    DemoJourneyIT(SharedDemo.Started demo) {
        this.port = demo.sluice().port;
        this.sluice = "http://127.0.0.1:" + port;
        this.host = "http://localhost:" + port;
    }

    @AfterEach
    void close() {
        http.close();
    }

    private HttpResponse<String> get(String address, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(WITHIN).header("Accept", "*/*");
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String address, String form, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(WITHIN)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form));
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode data(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("data");
    }

    @Test
    void everyFileThatAPageNamesIsServed() throws Exception {
        for (String page : List.of(sluice + "/", sluice + "/admin", host + "/demo/host/")) {
            HttpResponse<String> html = get(page);
            assertThat(html.statusCode()).as(page).isEqualTo(200);
            assertThat(html.body()).doesNotContain("{lang}", "{theme}", "{place}", "{demo}");
            List<String> files = FILE.matcher(html.body()).results().map((MatchResult file) -> file.group(1)).toList();
            assertThat(files).as(page).hasSizeGreaterThanOrEqualTo(2);
            for (String file : files) {
                HttpResponse<String> answer = get(URI.create(page).resolve(file).toString(), "Accept-Encoding", "gzip");
                assertThat(answer.statusCode()).as(file).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Encoding")).as("the build compresses it").hasValue("gzip");
            }
        }
        assertThat(get(sluice + "/").body()).contains("data-demo=\"true\"");
        assertThat(get(sluice + "/sluice-topup.js").headers().firstValue("Cross-Origin-Resource-Policy")).hasValue("cross-origin");
    }

    @Test
    void aPressOfAButtonSignsIn() throws Exception {
        for (var user : List.of(List.of("payer-1", "1", "/"), List.of("payer-2", "2", "/"), List.of("operator", "1000000", "/admin"))) {
            HttpResponse<String> answer = post(sluice + "/demo/session", "as=" + user.get(0), "Origin", sluice);

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).hasValue(user.get(2));
            String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("; HttpOnly", "; SameSite=Lax", "; Path=/").doesNotContain("Secure");
            JsonNode self = data(
                    get(sluice + "/api/user/self", "Cookie", cookie.substring(0, cookie.indexOf(';')), "Sluice-Client", "web"));
            assertThat(self.path("user").asString()).isEqualTo(user.get(1));
            assertThat(self.path("roles").size()).isEqualTo(user.get(0).equals("operator") ? 3 : 0);
        }
    }

    @Test
    void noOtherSitePressesTheButtons() throws Exception {
        for (String path : List.of("/demo/session", "/demo/host/token")) {
            for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1")) {
                assertThat(post(host + path, "as=operator", "Origin", origin).statusCode()).as(path + " " + origin).isEqualTo(403);
            }
            assertThat(post(host + path, "as=operator").statusCode()).as("no Origin").isEqualTo(403);
            assertThat(post(host + path, "as=operator", "Origin", sluice).statusCode()).as("another name of this machine").isEqualTo(403);
            assertThat(named("evil.example:" + port, path)).as("a site whose name leads to this machine").startsWith("HTTP/1.1 404");
        }
        assertThat(post(sluice + "/demo/session", "as=root", "Origin", sluice).statusCode()).isEqualTo(400);
        assertThat(post(sluice + "/demo/session", "as=operator&" + "x".repeat(1_000), "Origin", sluice).statusCode()).isEqualTo(400);
        assertThat(get(sluice + "/demo/session").statusCode()).isEqualTo(404);
    }

    private String named(String name, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: " + name + "\r\nOrigin: http://" + name
                    + "\r\nContent-Length: 11\r\nConnection: close\r\n\r\nas=operator").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aHostOfAnotherOriginCallsWithItsUsersToken() throws Exception {
        assertThat(get(sluice + "/demo/host/").headers().firstValue("Location")).as("never on the origin of Sluice")
                .hasValue(host + "/demo/host/");
        assertThat(get(host + "/demo/host/").headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self' " + sluice + ";", "connect-src 'self' " + sluice + ";").doesNotContain("unsafe");

        HttpResponse<String> answer = post(host + "/demo/host/token", "", "Origin", host);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        String token = JsonMapper.shared().readTree(answer.body()).path("token").asString();
        HttpResponse<String> self = get(sluice + "/api/user/self", "Authorization", "Bearer " + token, "Origin", host);
        assertThat(data(self).path("user").asString()).isEqualTo("1");
        assertThat(self.headers().firstValue("Access-Control-Allow-Origin")).hasValue(host);

        HttpResponse<String> handed = post(sluice + "/session", "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8), "Origin",
                host);
        assertThat(handed.statusCode()).as("or it hands the token over").isEqualTo(303);
        assertThat(handed.headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("sluice-session=" + token));
    }
}
