package dev.sluice.order.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;

import com.nimbusds.jwt.JWTClaimsSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;
import dev.sluice.testing.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/// What a browser may do with a session, and what a page of another site may not.
@ExtendWith(SharedApi.class)
class SessionIT {
    private static final String PUBLIC_COOKIE = "__Host-sluice-session";
    private static final String LOCAL_COOKIE = "sluice-session";
    private static final String OUR_PAGES = "Sluice-Client: web";
    private static final String HOSTS_PAGE = "Origin: https://app.example.com";

    private final RunningApi api;
    private final String ownPage;

    SessionIT(RunningApi api) {
        this.api = api;
        this.ownPage = "Origin: http://127.0.0.1:" + api.port();
    }

    private EntityExchangeResult<byte[]> call(HttpMethod method, String path, @Nullable String token, String... headers) {
        WebTestClient.RequestBodySpec request = api.anybody().method(method).uri(path);
        for (String header : headers) {
            int colon = header.indexOf(": ");
            request.header(header.substring(0, colon), header.substring(colon + 2));
        }
        if (token != null) {
            request.body(BodyInserters.fromFormData("token", token).with("page", "/admin"));
        }
        return request.exchange().expectBody().returnResult();
    }

    private EntityExchangeResult<byte[]> begin(String token, String... headers) {
        return call(HttpMethod.POST, "/session", token, headers);
    }

    private EntityExchangeResult<byte[]> self(String... headers) {
        return call(HttpMethod.GET, "/api/user/self", null, headers);
    }

    private static String token(long user) {
        return Tokens.of(user, "role", null);
    }

    private static String expired() {
        return Tokens.sign(new JWTClaimsSet.Builder().subject("1").expirationTime(Date.from(Instant.now().minusSeconds(60))).build(),
                Tokens.SECRET);
    }

    private static JsonNode json(EntityExchangeResult<byte[]> answer) {
        return JsonMapper.shared().readTree(Objects.requireNonNull(answer.getResponseBody()));
    }

    private static String code(EntityExchangeResult<byte[]> answer) {
        return json(answer).path("code").asString();
    }

    private static Duration lifeOf(EntityExchangeResult<byte[]> answer, String cookie) {
        return Objects.requireNonNull(answer.getResponseCookies().getFirst(cookie)).getMaxAge();
    }

    private static String user(EntityExchangeResult<byte[]> answer) {
        assertThat(answer.getStatus()).isEqualTo(HttpStatus.OK);
        return json(answer).path("data").path("user").asString();
    }

    @Test
    void aCookieAuthenticatesOnlyTogetherWithTheHeaderOfThePages() {
        String cookie = "Cookie: " + LOCAL_COOKIE + "=" + token(71);

        assertThat(user(self(cookie, OUR_PAGES))).isEqualTo("71");
        assertThat(code(self(cookie))).as("as a form or an image of another site sends it").isEqualTo("UNAUTHENTICATED");
        assertThat(code(self(cookie, "Sluice-Client: other"))).isEqualTo("UNAUTHENTICATED");
        assertThat(code(self(OUR_PAGES))).as("no cookie").isEqualTo("UNAUTHENTICATED");
        assertThat(code(self("Cookie: " + LOCAL_COOKIE + "=" + expired(), OUR_PAGES))).isEqualTo("UNAUTHENTICATED");
        assertThat(code(self("Cookie: " + LOCAL_COOKIE + "=", OUR_PAGES))).isEqualTo("UNAUTHENTICATED");
    }

    /// A neighbouring subdomain, or a page on the way without TLS, could set a cookie without the prefix.
    @Test
    void underAPublicNameOnlyTheCookieThatNoNeighbourCanSetCounts() {
        String host = "Host: pay.example.com";

        assertThat(user(self("Cookie: " + PUBLIC_COOKIE + "=" + token(72), OUR_PAGES, host))).isEqualTo("72");
        assertThat(code(self("Cookie: " + LOCAL_COOKIE + "=" + token(72), OUR_PAGES, host))).isEqualTo("UNAUTHENTICATED");
        assertThat(user(self("Cookie: " + LOCAL_COOKIE + "=" + token(73) + "; " + PUBLIC_COOKIE + "=" + token(72), OUR_PAGES, host)))
                .isEqualTo("72");
    }

    @Test
    void aTokenInTheHeaderComesBeforeTheCookie() {
        String cookie = "Cookie: " + LOCAL_COOKIE + "=" + token(74);

        assertThat(user(self(cookie, OUR_PAGES, "Authorization: Bearer " + token(75)))).isEqualTo("75");
        assertThat(code(self(cookie, OUR_PAGES, "Authorization: Bearer " + expired()))).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void aHostsFormBeginsASessionAndShowsThePage() {
        String token = token(76);

        var answer = begin(token, HOSTS_PAGE, "Host: pay.example.com");

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.SEE_OTHER);
        assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.LOCATION)).isEqualTo("/admin");
        assertThat(answer.getResponseCookies().toSingleValueMap()).containsOnlyKeys(PUBLIC_COOKIE);
        ResponseCookie cookie = Objects.requireNonNull(answer.getResponseCookies().getFirst(PUBLIC_COOKIE));
        assertThat(cookie.getValue()).isEqualTo(token);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.isSecure()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getDomain()).isNull();
        assertThat(cookie.getMaxAge()).as("as long as the token lives").isBetween(Duration.ofSeconds(500), Duration.ofSeconds(600));
    }

    @Test
    void ourOwnPageBeginsOneOnThisMachineWithoutTls() {
        var answer = begin(token(77), ownPage, OUR_PAGES);

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.NO_CONTENT);
        ResponseCookie cookie = Objects.requireNonNull(answer.getResponseCookies().getFirst(LOCAL_COOKIE));
        assertThat(cookie.isSecure()).as("it could not be set").isFalse();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(user(self("Cookie: " + LOCAL_COOKIE + "=" + cookie.getValue(), OUR_PAGES))).isEqualTo("77");
        assertThat(begin(token(77), "Origin: https://pay.example.com", "Host: pay.example.com", OUR_PAGES).getStatus())
                .isEqualTo(HttpStatus.NO_CONTENT);
    }

    @Test
    void anotherSiteCannotMakeItsVisitorAUserOfItsChoice() {
        for (String origin : List.of("https://evil.example", "null", "http://app.example.com", "https://app.example.com:8443",
                "https://app.example.com.evil.example", "http://pay.example.com", "https://pay.example.com.evil.example",
                "http://127.0.0.1:1")) {
            var answer = begin(token(78), "Origin: " + origin, "Host: pay.example.com", OUR_PAGES);
            assertThat(answer.getStatus()).as(origin).isEqualTo(HttpStatus.FORBIDDEN);
            assertThat(code(answer)).isEqualTo("ORIGIN_NOT_ALLOWED");
            assertThat(answer.getResponseCookies()).as("an older session stays").isEmpty();
        }
        assertThat(code(begin(token(78), OUR_PAGES))).as("no Origin at all").isEqualTo("ORIGIN_NOT_ALLOWED");
    }

    /// The payer of an older session must not pay for a user whom the host no longer means.
    @Test
    void aTokenThatIsNotValidEndsAnOlderSession() {
        String unknownKey = Tokens.sign(new JWTClaimsSet.Builder().subject("1").expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build(), "another-secret-than-that-of-the-product");
        for (String token : List.of(expired(), unknownKey, "x.y.z", "a b", "é")) {
            var called = begin(token, ownPage, OUR_PAGES);
            assertThat(called.getStatus()).as(token).isEqualTo(HttpStatus.UNAUTHORIZED);
            assertThat(code(called)).isEqualTo("UNAUTHENTICATED");
            assertThat(lifeOf(called, LOCAL_COOKIE)).isEqualTo(Duration.ZERO);

            var posted = begin(token, HOSTS_PAGE, "Host: pay.example.com");
            assertThat(posted.getStatus()).as("the page explains").isEqualTo(HttpStatus.SEE_OTHER);
            assertThat(lifeOf(posted, PUBLIC_COOKIE)).isEqualTo(Duration.ZERO);
        }
        assertThat(begin(token(79), ownPage, OUR_PAGES, "Cookie: " + LOCAL_COOKIE + "=" + expired()).getStatus())
                .as("and an expired session hinders no new one").isEqualTo(HttpStatus.NO_CONTENT);
    }

    @Test
    void refusesWhatIsNoHandingOver() {
        String tooLong = Tokens.of(1, "claim", "x".repeat(4_000));
        assertThat(code(begin(tooLong, ownPage))).isEqualTo("TOKEN_TOO_LONG");
        assertThat(json(call(HttpMethod.POST, "/session", null, ownPage)).path("data").asString()).isEqualTo("参数错误：token");
        var elsewhere = api.anybody().post().uri("/session").header("Origin", ownPage.substring(8))
                .body(BodyInserters.fromFormData("token", token(1)).with("page", "//evil.example")).exchange().expectBody().returnResult();
        assertThat(json(elsewhere).path("data").asString()).isEqualTo("参数错误：page");
        assertThat(elsewhere.getResponseHeaders().containsHeader(HttpHeaders.LOCATION)).isFalse();
    }

    @Test
    void onlyOurPagesEndASession() {
        var ended = call(HttpMethod.DELETE, "/session", null, OUR_PAGES, "Host: pay.example.com");
        assertThat(ended.getStatus()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(ended.getResponseCookies().getFirst(PUBLIC_COOKIE)).satisfies(cookie -> {
            assertThat(cookie.getMaxAge()).isEqualTo(Duration.ZERO);
            assertThat(cookie.getValue()).isEmpty();
            assertThat(cookie.isSecure()).as("else no browser would take it").isTrue();
        });

        var refused = call(HttpMethod.DELETE, "/session", null, "Host: pay.example.com");
        assertThat(refused.getStatus()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(refused.getResponseCookies()).isEmpty();
    }

    @Test
    void aCallerSeesUserRolesAndEnd() {
        JsonNode payer = json(self("Authorization: Bearer " + token(80))).path("data");
        assertThat(payer.path("user").asString()).isEqualTo("80");
        assertThat(payer.path("roles").isEmpty()).isTrue();
        assertThat(Instant.parse(payer.path("expires_at").asString())).isAfter(Instant.now());

        JsonNode operator = json(self("Authorization: Bearer " + Tokens.of(1, "role", "operator"))).path("data");
        assertThat(operator.path("roles").valueStream().map(JsonNode::asString)).containsExactly("operator");
    }
}
