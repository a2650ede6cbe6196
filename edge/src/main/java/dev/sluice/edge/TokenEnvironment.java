package dev.sluice.edge;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The environment variables that name the signer of the users' tokens, and where in a token the user is described.
final class TokenEnvironment {
    private static final String SECRET = "SLUICE_JWT_SECRET";
    private static final String ISSUER = "SLUICE_JWT_ISSUER";
    private static final String AUDIENCE = "SLUICE_JWT_AUDIENCE";
    /// What has a default and must not be empty.
    private static final List<String> NAMES = List.of("SLUICE_JWT_USER_CLAIM", "SLUICE_JWT_GROUP_CLAIM", "SLUICE_JWT_ROLES_CLAIM",
            "SLUICE_JWT_OPERATOR_ROLE", "SLUICE_JWT_ADMIN_ROLE", "SLUICE_JWT_AUDITOR_ROLE");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    /// HS256 needs a key as long as its hash.
    private static final int SHORTEST_SECRET = 32;
    /// 32 random hexadecimal digits have fewer once in millions.
    private static final int FEWEST_CHARACTERS = 8;
    private static final String MEANING = "the secret of at least " + SHORTEST_SECRET + " characters that signs the users' tokens; or "
            + ISSUER + ", the address of an OIDC issuer";

    private TokenEnvironment() {}

    /// One line for each mistake.
    static List<String> complaints(Map<String, String> environment) {
        String secret = environment.getOrDefault(SECRET, "");
        String issuer = environment.getOrDefault(ISSUER, "");
        List<String> complaints = new ArrayList<>();
        if (secret.isBlank() && issuer.isBlank()) {
            complaints.add(SECRET + " is missing: set it to " + MEANING);
        } else if (!secret.isBlank() && !issuer.isBlank()) {
            complaints.add(SECRET + " and " + ISSUER + " are both set: take one of them away");
        } else if (!secret.isBlank()) {
            complaints.addAll(ofSecret(secret));
        } else {
            complaints.addAll(ofIssuer(issuer, environment.getOrDefault(AUDIENCE, "")));
        }
        NAMES.stream().filter(name -> environment.getOrDefault(name, "default").isBlank())
                .forEach(name -> complaints.add(name + " is empty: set it to a name, or take it away"));
        return complaints;
    }

    private static List<String> ofSecret(String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            return List.of(SECRET + " is too short: it must be " + MEANING);
        }
        return secret.chars().distinct().count() < FEWEST_CHARACTERS
                ? List.of(SECRET + " can be guessed, it has fewer than " + FEWEST_CHARACTERS
                        + " different characters: make it of random ones, for example with openssl rand -hex 32")
                : List.of();
    }

    private static List<String> ofIssuer(String issuer, String audience) {
        List<String> complaints = new ArrayList<>();
        if (!isIssuer(issuer)) {
            complaints.add(ISSUER + " must be the https address of an OIDC issuer, exactly as in the claim iss of its tokens");
        }
        if (audience.isBlank()) {
            complaints.add(AUDIENCE + " is missing: set it to what the claim aud of tokens for Sluice contains; without it, tokens for any"
                    + " other application of the issuer would be accepted");
        }
        return complaints;
    }

    private static boolean isIssuer(String issuer) {
        try {
            URI address = URI.create(issuer);
            return address.getHost() != null
                    && ("https".equals(address.getScheme())
                            || ("http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
