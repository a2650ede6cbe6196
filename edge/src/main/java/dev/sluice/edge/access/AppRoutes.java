package dev.sluice.edge.access;

import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;

/// The routes of an app, and what each requires of its caller. An app that has such a bean verifies the tokens of its callers, and denies
/// whatever the bean does not name.
@FunctionalInterface
public interface AppRoutes {
    /// Names the routes and their authorities.
    void authorize(AuthorizeExchangeSpec exchanges);

    /// Whether a call without a token is counted by its address: one to a route that needs no token and reads the database.
    default boolean countWithoutToken(String path) {
        return false;
    }
}
