package dev.sluice.edge.access;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

import dev.sluice.edge.answer.Caller;

/// Reads the caller and the caller's roles out of a token that was verified.
public final class Callers {
    private final ClaimPath user;
    private final ClaimPath group;
    private final ClaimPath roles;
    private final TokenSettings.RoleName names;

    public Callers(TokenSettings settings) {
        this.user = new ClaimPath(settings.claim().user());
        this.group = new ClaimPath(settings.claim().group());
        this.roles = new ClaimPath(settings.claim().roles());
        this.names = settings.role();
    }

    /// The caller that a token names, with the granted roles.
    ///
    /// @throws InvalidBearerTokenException when the token names no user
    public JwtAuthenticationToken authenticated(Jwt token) {
        Map<String, Object> claims = token.getClaims();
        List<String> users = user.texts(claims);
        if (users.size() != 1 || !Limits.USER.matcher(users.getFirst()).matches()) {
            throw new InvalidBearerTokenException(
                    "the claim " + user.path() + " has to be 1 to " + Limits.USER_LENGTH + " printable characters");
        }
        var caller = new Caller(users.getFirst(), group.texts(claims).stream().findFirst().orElse(""));
        List<String> named = roles.texts(claims);
        List<GrantedAuthority> granted = Arrays.stream(Role.values()).filter(role -> named.contains(names.of(role)))
                .<GrantedAuthority>map(Role::granted).toList();
        return new JwtAuthenticationToken(token, caller, granted);
    }

    /// Whether the caller has any role.
    static boolean haveRole(Authentication caller) {
        return Arrays.stream(Role.values()).map(Role::granted).anyMatch(caller.getAuthorities()::contains);
    }
}
