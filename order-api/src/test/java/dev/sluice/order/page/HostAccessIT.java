package dev.sluice.order.page;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;
import dev.sluice.testing.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/// What browsers let scripts of other origins do: the shared API lists one host.
@ExtendWith(SharedApi.class)
class HostAccessIT {
    private static final String HOST = "https://app.example.com";
    private static final String STRANGER = "https://evil.example";
    private final RunningApi api;

    HostAccessIT(RunningApi api) {
        this.api = api;
    }

    private EntityExchangeResult<byte[]> call(HttpMethod method, String path, String origin, @Nullable String token) {
        return api.anybody().method(method).uri(path).headers(headers -> {
            headers.setOrigin(origin);
            if (token != null) {
                headers.setBearerAuth(token);
            }
        }).exchange().expectBody().returnResult();
    }

    private HttpHeaders asked(String path, String origin) {
        return call(HttpMethod.OPTIONS, path, origin, null).getResponseHeaders();
    }

    @Test
    void aHostsScriptCallsWithItsUsersToken() {
        var permission = call(HttpMethod.OPTIONS, "/api/user/wechat/pay", HOST, null);
        assertThat(permission.getStatus()).isEqualTo(HttpStatus.NO_CONTENT);
        HttpHeaders headers = permission.getResponseHeaders();
        assertThat(headers.getAccessControlAllowOrigin()).isEqualTo(HOST);
        assertThat(headers.getAccessControlAllowMethods()).containsExactlyInAnyOrder(HttpMethod.GET, HttpMethod.POST);
        assertThat(headers.getAccessControlAllowHeaders()).containsExactlyInAnyOrder("Authorization", "Content-Type", "Idempotency-Key",
                "Last-Event-ID");

        var answer = call(HttpMethod.GET, "/api/user/self", HOST, Tokens.of(81, "role", null));
        assertThat(answer.getStatus()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getResponseHeaders().getAccessControlAllowOrigin()).isEqualTo(HOST);
        assertThat(answer.getResponseHeaders().getAccessControlExposeHeaders()).containsExactlyInAnyOrder("Retry-After", "Date");
        assertThat(call(HttpMethod.GET, "/api/user/self", HOST, null).getResponseHeaders().getAccessControlAllowOrigin())
                .as("a refusal can be read, too").isEqualTo(HOST);
        assertThat(call(HttpMethod.GET, "/sluice-topup.js", HOST, null).getResponseHeaders().getAccessControlAllowOrigin())
                .isEqualTo(HOST);
    }

    /// So a cookie cannot be used from there: neither is the header permitted without which it does not count.
    @Test
    void aHostsScriptCannotUseASession() {
        HttpHeaders headers = asked("/api/user/self", HOST);

        assertThat(headers.getAccessControlAllowCredentials()).isFalse();
        assertThat(headers.getAccessControlAllowHeaders()).doesNotContain("Sluice-Client");
    }

    @Test
    void scriptsOfOtherOriginsReadNothing() {
        for (String origin : List.of(STRANGER, "null", HOST + ".evil.example", "http://app.example.com")) {
            assertThat(asked("/api/user/self", origin).getAccessControlAllowOrigin()).as(origin).isNull();
            HttpHeaders answer = call(HttpMethod.GET, "/api/user/self", origin, Tokens.of(82, "role", null)).getResponseHeaders();
            assertThat(answer.getAccessControlAllowOrigin()).as(origin).isNull();
            assertThat(answer.getVary()).as("a cache must not show it to hosts").contains("Origin");
        }
    }

    @Test
    void hostsReadPayersRoutesOnly() {
        for (String path : List.of("/api/option", "/api/topup", "/session", "/", "/admin", "/v3/api-docs")) {
            assertThat(asked(path, HOST).getAccessControlAllowOrigin()).as(path).isNull();
            assertThat(call(HttpMethod.GET, path, HOST, Tokens.of(1, "role", "operator")).getResponseHeaders()
                    .getAccessControlAllowOrigin()).as(path).isNull();
        }
    }

    /// Behind a proxy that ends TLS, our own pages are of another scheme than the request.
    @Test
    void ourOwnPagesAreNoOtherOrigin() {
        var answer = api.anybody().get().uri("/api/user/self").header("Origin", "https://pay.example.com").header("Host", "pay.example.com")
                .headers(headers -> headers.setBearerAuth(Tokens.of(83, "role", null))).exchange().expectBody().returnResult();

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.OK);
    }
}
