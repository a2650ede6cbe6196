package dev.sluice.order.access;

import java.util.List;
import java.util.Map;

import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import dev.sluice.order.FakeAlipay;
import dev.sluice.order.FakeWechat;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.FakeIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/// Tokens of an OIDC issuer, over HTTP, with the claims where Keycloak has them.
@BesideOthers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IssuerIT {
    private static final String AUDIENCE = "sluice";
    private static FakeIssuer issuer;
    private static FakeWechat wechat;
    private static FakeAlipay alipay;
    private static RunningApi api;

    @BeforeAll
    static void start() throws Exception {
        issuer = new FakeIssuer();
        wechat = new FakeWechat();
        alipay = new FakeAlipay();
        api = RunningApi.withSettings(SharedApi.settings(wechat, alipay), "--SLUICE_JWT_SECRET=", "--SLUICE_JWT_ISSUER=" + issuer.url(),
                "--SLUICE_JWT_AUDIENCE=" + AUDIENCE, "--SLUICE_JWT_ROLES_CLAIM=realm_access.roles",
                "--SLUICE_JWT_OPERATOR_ROLE=sluice-operator");
    }

    @AfterAll
    static void stop() {
        api.close();
        wechat.close();
        alipay.close();
        issuer.close();
    }

    /// While the issuer was never reached, a token can be neither accepted nor rejected.
    @Test
    @Order(1)
    void asksForARetryWhileTheIssuerIsAway() {
        issuer.away = true;

        api.anybody().get().uri("/api/user/quota").headers(h -> h.setBearerAuth(issuer.token("JWT", issuer.claims(AUDIENCE).build())))
                .exchange()
                .expectStatus().isEqualTo(503).expectHeader().exists("Retry-After").expectBody().jsonPath("$.code")
                .isEqualTo("UNAVAILABLE");
        issuer.away = false;
    }

    @Test
    void takesAccessTokensOfBothTypesAndAlgorithms() {
        for (String type : List.of("JWT", "at+jwt")) {
            assertThat(status("/api/user/quota", issuer.token(type, issuer.claims(AUDIENCE).build()))).isEqualTo(200);
            assertThat(status("/api/user/quota", issuer.ellipticToken(type, issuer.claims(AUDIENCE).build()))).isEqualTo(200);
        }
        assertThat(status("/api/user/quota", issuer.token("logout+jwt", issuer.claims(AUDIENCE).build()))).isEqualTo(401);
    }

    /// A token that a user gave to another application of the same issuer.
    @Test
    void refusesATokenForAnotherClient() {
        JWTClaimsSet claims = issuer.claims("another-client").claim("role", "admin").claim("realm_access", operators()).build();

        assertThat(status("/api/user/quota", issuer.token("JWT", claims))).isEqualTo(401);
        assertThat(status("/api/topup", issuer.token("at+jwt", claims))).isEqualTo(401);
        assertThat(status("/api/user/quota", issuer.token("JWT", issuer.claims(AUDIENCE).audience(List.of("another", AUDIENCE)).build())))
                .isEqualTo(200);
    }

    @Test
    void refusesIdTokens() {
        for (String mark : List.of("nonce", "at_hash", "c_hash")) {
            JWTClaimsSet claims = issuer.claims(AUDIENCE).claim(mark, "n-0S6_WzA2Mj").build();

            assertThat(status("/api/user/quota", issuer.token("JWT", claims))).as(mark).isEqualTo(401);
        }
    }

    @Test
    void knowsOperatorsByTheConfiguredClaim() {
        assertThat(status("/api/topup", issuer.token("JWT", issuer.claims(AUDIENCE).claim("realm_access", operators()).build())))
                .isEqualTo(200);
        assertThat(status("/api/topup", issuer.token("JWT", issuer.claims(AUDIENCE).claim("role", "operator").build()))).isEqualTo(403);
    }

    /// A stranger must not have us call the issuer once for each request.
    @Test
    void fetchesTheKeysOnceForFiftyUnknownKeyIds() {
        status("/api/user/quota", issuer.token("JWT", issuer.claims(AUDIENCE).build()));
        int before = issuer.fetched.get();

        for (int i = 0; i < 50; i++) {
            assertThat(status("/api/user/quota", FakeIssuer.foreignToken("random-" + i, issuer.claims(AUDIENCE).build()))).isEqualTo(401);
        }

        assertThat(issuer.fetched.get() - before).isLessThanOrEqualTo(1);
        assertThat(status("/api/user/quota", issuer.token("JWT", issuer.claims(AUDIENCE).build()))).isEqualTo(200);
    }

    private static Map<String, Object> operators() {
        return Map.of("roles", List.of("offline_access", "sluice-operator"));
    }

    private static int status(String path, String token) {
        return api.anybody().get().uri(path).headers(h -> h.setBearerAuth(token)).exchange().returnResult(Void.class).getStatus().value();
    }
}
