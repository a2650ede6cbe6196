package dev.sluice.order.answer;

import java.util.Objects;

import org.springframework.security.oauth2.jwt.Jwt;

import dev.sluice.event.value.UserId;

/// The caller, as the token identifies it.
///
/// @param group decides the price; empty when the token names none
public record Caller(UserId userId, String group) {
    /// The token was verified on the way in; its subject is a user id.
    public static Caller of(Jwt token) {
        String group = token.getClaimAsString("group");
        return new Caller(new UserId(Objects.requireNonNull(token.getSubject())), group == null ? "" : group);
    }
}
