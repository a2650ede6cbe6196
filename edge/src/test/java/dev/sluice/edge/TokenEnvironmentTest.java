package dev.sluice.edge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// One line at the start for each mistake about the users' tokens.
class TokenEnvironmentTest {
    private static final String SECRET = "2d711642b726b04401627ca9fbac32f5";

    @Test
    void takesASecretOrAnIssuerWithItsAudience() {
        assertThat(complaints(Map.of("SLUICE_JWT_SECRET", SECRET))).isEmpty();
        assertThat(complaints(Map.of("SLUICE_JWT_SECRET", SECRET, "SLUICE_JWT_AUDIENCE", "sluice"))).isEmpty();
        for (String issuer : List.of("https://id.example.com/realms/shop", "https://example.eu.auth0.com/", "http://localhost:8080",
                "http://127.0.0.1:8080/realms/shop", "http://[::1]:8080")) {
            assertThat(complaints(Map.of("SLUICE_JWT_ISSUER", issuer, "SLUICE_JWT_AUDIENCE", "sluice"))).as(issuer).isEmpty();
        }
    }

    @Test
    void wantsAnAudienceWithAnIssuer() {
        assertThat(complaints(Map.of("SLUICE_JWT_ISSUER", "https://id.example.com"))).singleElement()
                .satisfies(line -> assertThat(line).startsWith("SLUICE_JWT_AUDIENCE is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://id.example.com", "http://10.0.0.5/", "id.example.com", "//id.example.com", "ftp://id.example.com",
            "https://",
            "http://127.0.0.1.example.com", "not an address"})
    void refusesAnIssuerThatOthersCouldAnswerFor(String issuer) {
        assertThat(complaints(Map.of("SLUICE_JWT_ISSUER", issuer, "SLUICE_JWT_AUDIENCE", "sluice"))).singleElement()
                .satisfies(line -> assertThat(line).startsWith("SLUICE_JWT_ISSUER must be the https address"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "0000000000000000000000000000000000000001",
            "abcabcabcabcabcabcabcabcabcabcabcabcabc"})
    void refusesASecretOfFewCharacters(String secret) {
        assertThat(complaints(Map.of("SLUICE_JWT_SECRET", secret))).singleElement()
                .satisfies(line -> assertThat(line).startsWith("SLUICE_JWT_SECRET can be guessed").doesNotContain(secret));
    }

    @Test
    void refusesTwoSignersAndEmptyNames() {
        assertThat(complaints(Map.of("SLUICE_JWT_SECRET", SECRET, "SLUICE_JWT_ISSUER", "https://id.example.com"))).singleElement()
                .satisfies(line -> assertThat(line).contains("are both set"));
        Map<String, String> environment = new HashMap<>(Map.of("SLUICE_JWT_SECRET", SECRET, "SLUICE_JWT_ROLES_CLAIM", ""));
        assertThat(complaints(environment)).containsExactly("SLUICE_JWT_ROLES_CLAIM is empty: set it to a name, or take it away");
    }

    private static List<String> complaints(Map<String, String> environment) {
        return Environment.complaints(environment, Environment.JWT);
    }
}
