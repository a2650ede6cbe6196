package dev.sluice.edge.access;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// Who signs the callers' tokens, and where in a token the caller is described.
///
/// @param secret   the shared secret of HS256, or empty
/// @param issuer   the OIDC issuer, or empty
/// @param audience what `aud` must contain; empty, with a secret only, when it is not checked
@ConfigurationProperties("sluice.jwt")
public record TokenSettings(String secret, String issuer, String audience, Claim claim, RoleName role) {
    /// Where the claims are: names, or paths such as `realm_access.roles`.
    public record Claim(String user, String group, String roles) {}

    /// The values of the roles' claim.
    public record RoleName(String operator, String admin, String auditor) {
        String of(Role role) {
            return switch (role) {
                case OPERATOR -> operator;
                case ADMIN -> admin;
                case AUDITOR -> auditor;
            };
        }
    }
}
