package dev.sluice.edge.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/// What a token with a right signature must be: an access token for us, of our issuer, and not expired.
final class TokenChecks {
    /// The header's `typ`, RFC 9068 and RFC 7519; it may be missing.
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
    private static final String RFC_9068 = "at+jwt";
    /// Claims that only ID tokens have.
    private static final List<String> OF_ID_TOKENS = List.of("at_hash", "c_hash");

    /// The access tokens of Authentik are its ID tokens, nonce included, with two claims added.
    private static final String OF_AUTHENTIK = "goauthentik.io/";
    private static final List<String> ADDED_BY_AUTHENTIK = List.of("azp", "uid");

    private TokenChecks() {}

    static OAuth2TokenValidator<Jwt> of(TokenSettings settings) {
        List<OAuth2TokenValidator<Jwt>> checks = new ArrayList<>();
        var timestamps = new JwtTimestampValidator(Limits.CLOCK_SKEW);
        timestamps.setAllowEmptyExpiryClaim(false);
        checks.add(timestamps);
        checks.add(TokenChecks::isAccessToken);
        if (!settings.issuer().isBlank()) {
            checks.add(new JwtIssuerValidator(settings.issuer()));
        }
        if (!settings.audience().isBlank()) {
            checks.add(new JwtAudienceValidator(settings.audience()));
        }
        return new DelegatingOAuth2TokenValidator<>(checks);
    }

    /// An ID token identifies a user for an application and allows nothing; a refresh token is for the issuer.
    private static OAuth2TokenValidatorResult isAccessToken(Jwt token) {
        Map<String, Object> claims = token.getClaims();
        String type = text(token.getHeaders(), "typ").toLowerCase(Locale.ROOT);
        // Keycloak and Casdoor say it in a claim of their own.
        String keycloak = text(claims, "typ");
        String casdoor = text(claims, "tokenType");
        boolean authentik = text(claims, "acr").startsWith(OF_AUTHENTIK);
        boolean other = (!type.isEmpty() && !TYPES.contains(type))
                || (!keycloak.isEmpty() && !keycloak.equals("Bearer"))
                || (!casdoor.isEmpty() && !casdoor.equals("access-token"))
                || (authentik && ADDED_BY_AUTHENTIK.stream().anyMatch(claim -> text(claims, claim).isEmpty()));
        boolean named = type.endsWith(RFC_9068) || !keycloak.isEmpty() || !casdoor.isEmpty() || authentik;
        // Some issuers repeat the nonce of the sign-in in access tokens that name themselves so; some write an empty one.
        boolean identity = OF_ID_TOKENS.stream().anyMatch(claims::containsKey) || (!named && !text(claims, "nonce").isEmpty());
        return other || identity
                ? OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", "not an access token", null))
                : OAuth2TokenValidatorResult.success();
    }

    private static String text(Map<String, Object> from, String name) {
        return from.get(name) instanceof String text ? text : "";
    }
}
