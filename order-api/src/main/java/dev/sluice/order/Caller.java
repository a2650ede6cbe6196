package dev.sluice.order;

import org.springframework.security.oauth2.jwt.Jwt;

import dev.sluice.event.UserId;

/// Who asks, as the token says it.
///
/// @param group decides the price; empty when the token names none
record Caller(UserId userId, String group) {
    /// The token was checked on the way in; its subject is a user id.
    static Caller of(Jwt token) {
        String group = token.getClaimAsString("group");
        return new Caller(new UserId(Long.parseLong(token.getSubject())), group == null ? "" : group);
    }
}
