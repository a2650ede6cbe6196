package dev.sluice.order.access;

import java.util.List;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/// Recognises operators: only the claim `role` distinguishes one from a user.
final class Operators {
    /// The authority that operators' routes want.
    static final String AUTHORITY = "admin";
    private static final GrantedAuthority OPERATOR = new SimpleGrantedAuthority(AUTHORITY);

    private Operators() {}

    static JwtAuthenticationToken authenticated(Jwt token) {
        boolean operator = AUTHORITY.equals(token.getClaims().get("role"));
        return new JwtAuthenticationToken(token, operator ? List.of(OPERATOR) : List.of());
    }

    static boolean include(Authentication caller) {
        return caller.getAuthorities().contains(OPERATOR);
    }
}
