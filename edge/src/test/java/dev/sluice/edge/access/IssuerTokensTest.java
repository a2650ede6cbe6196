package dev.sluice.edge.access;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.edge.answer.Caller;
import dev.sluice.testing.FakeIssuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/// Tokens shaped as identity providers document theirs, verified by the keys of an issuer.
class IssuerTokensTest {
    private static final FakeIssuer ISSUER = new FakeIssuer();

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak", "keycloak-client-roles", "auth0", "auth0-rfc9068", "logto", "casdoor", "authentik"})
    void readsTheCallerOutOfEachProvidersToken(String provider) throws Exception {
        JsonNode shape = shape(provider);
        TokenSettings settings = settings(shape);

        var caller = new Callers(settings).authenticated(decode(settings, token(shape, Map.of())));

        JsonNode expected = shape.path("expected");
        assertThat(caller.getPrincipal())
                .isEqualTo(new Caller(expected.path("user").asString(), expected.path("group").asString()));
        assertThat(caller.getAuthorities()).extracting(GrantedAuthority::getAuthority).containsExactlyElementsOf(
                expected.path("roles").valueStream().map(role -> Role.valueOf(role.asString()).authority()).toList());
    }

    /// The audience is what tells our tokens from those that the same issuer signs for its other applications.
    @ParameterizedTest
    @ValueSource(strings = {"keycloak", "auth0", "auth0-rfc9068", "logto", "casdoor", "authentik"})
    void refusesEachForAnotherAudience(String provider) throws Exception {
        JsonNode shape = shape(provider);

        refuses(settings(shape), token(shape, Map.of("aud", List.of("another-application"))));
    }

    @Test
    void refusesTokensOfKeycloakAndCasdoorThatAreNoAccessTokens() throws Exception {
        for (String type : List.of("ID", "Refresh", "Offline", "Logout")) {
            refuses(settings(shape("keycloak")), token(shape("keycloak"), Map.of("typ", type)));
        }
        refuses(settings(shape("casdoor")), token(shape("casdoor"), Map.of("tokenType", "refresh-token")));
    }

    @Test
    void refusesAnIdTokenOfAuth0() throws Exception {
        JsonNode shape = shape("auth0");

        refuses(settings(shape), token(shape, Map.of("nonce", "n-0S6_WzA2Mj")));
        refuses(settings(shape), token(shape, Map.of("at_hash", "77QmUPtjPfzWtF2AnpK9RQ")));
        assertThat(decode(settings(shape), token(shape, Map.of("nonce", ""))).getSubject()).as("an empty nonce is none").isNotNull();
    }

    /// It differs from the access token in two claims only, and the nonce may be missing.
    @Test
    void refusesAnIdTokenOfAuthentik() throws Exception {
        JsonNode shape = shape("authentik");

        refuses(settings(shape), token(shape, Map.of("azp", "", "uid", "")));
        refuses(settings(shape), token(shape, Map.of("azp", "", "uid", "", "nonce", "")));
        refuses(settings(shape), token(shape, Map.of("uid", "")));
        refuses(settings(shape), token(shape, Map.of("at_hash", "77QmUPtjPfzWtF2AnpK9RQ")));
    }

    @Test
    void refusesTokensThatAreExpiredOrWithoutEndOrOfAnotherIssuer() throws Exception {
        JsonNode shape = shape("auth0");
        Instant now = Instant.now();

        refuses(settings(shape), token(shape, Map.of("exp", Date.from(now.minusSeconds(30)))));
        assertThat(decode(settings(shape), token(shape, Map.of("exp", Date.from(now.minusSeconds(3)))))).as("clocks differ").isNotNull();
        refuses(settings(shape), token(shape, Map.of("nbf", Date.from(now.plusSeconds(30)))));
        refuses(settings(shape), token(shape, Map.of("iss", "https://another.example.com/")));
        var endless = new JWTClaimsSet.Builder(ISSUER.claims("https://sluice.example.com/").build()).expirationTime(null).build();
        refuses(settings(shape), ISSUER.token("JWT", endless));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "名", "0123456789012345678901234567890123456789012345678901234567890123456789"})
    void refusesATokenWhoseUserIsNone(String subject) throws Exception {
        JsonNode shape = shape("auth0");
        TokenSettings settings = settings(shape);
        Jwt token = decode(settings, token(shape, Map.of("sub", subject)));

        assertThatExceptionOfType(InvalidBearerTokenException.class).isThrownBy(() -> new Callers(settings).authenticated(token));
    }

    @Test
    void takesANumberAsTheUser() {
        assertThat(new ClaimPath("id").texts(Map.of("id", 42L))).containsExactly("42");
        assertThat(new ClaimPath("id").texts(Map.of("id", 4.2))).isEmpty();
    }

    @Test
    void keepsTheKeysWhileTheIssuerIsAway() throws Exception {
        JsonNode shape = shape("auth0");
        var decoder = new TokenDecoder(settings(shape));
        decoder.decode(token(shape, Map.of())).block();

        ISSUER.away = true;
        try {
            assertThat(decoder.decode(token(shape, Map.of())).block()).isNotNull();
            assertThatExceptionOfType(BadJwtException.class).isThrownBy(
                    () -> decoder.decode(FakeIssuer.foreignToken("unknown", ISSUER.claims("https://sluice.example.com/").build())).block());
        } finally {
            ISSUER.away = false;
        }
    }

    private static void refuses(TokenSettings settings, String token) {
        assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> decode(settings, token));
    }

    private static Jwt decode(TokenSettings settings, String token) {
        return Objects.requireNonNull(new TokenDecoder(settings).decode(token).block());
    }

    private static JsonNode shape(String provider) throws IOException {
        try (InputStream file = IssuerTokensTest.class.getResourceAsStream("/tokens/" + provider + ".json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(file));
        }
    }

    private static TokenSettings settings(JsonNode shape) {
        JsonNode settings = shape.path("settings");
        return new TokenSettings("", ISSUER.url(), settings.path("audience").asString(),
                new TokenSettings.Claim("sub", settings.path("group").asString(), settings.path("roles").asString()),
                new TokenSettings.RoleName("operator", "admin", "auditor"));
    }

    private static String token(JsonNode shape, Map<String, ?> changed) {
        var claims = new JWTClaimsSet.Builder().issuer(ISSUER.url()).issueTime(Date.from(Instant.now().minusSeconds(3600)))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        shape.path("claims").properties()
                .forEach(claim -> claims.claim(claim.getKey(), JsonMapper.shared().convertValue(claim.getValue(), Object.class)));
        changed.forEach(claims::claim);
        String type = shape.path("header").path("typ").asString();
        return shape.path("header").path("alg").asString("").equals("ES384")
                ? ISSUER.ellipticToken(type, claims.build())
                : ISSUER.token(type, claims.build());
    }
}
