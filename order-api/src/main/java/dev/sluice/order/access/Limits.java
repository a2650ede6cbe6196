package dev.sluice.order.access;

/// The bounds of this package, each with its name.
final class Limits {
    /// Characters of a token that a session may have: with name and attributes, browsers keep 4,096 bytes of a cookie.
    static final int SESSION_TOKEN_LENGTH = 3_800;

    private Limits() {}
}
