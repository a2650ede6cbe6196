package dev.sluice.order.access;

/// The bounds of this package, each with its name.
final class Limits {
    /// Requests per minute to one instance, reads included, of one user and from one address: a page polls once a second at most, and a
    /// user may have several pages open.
    static final long CALLS_OF_A_USER = 600;
    static final long CALLS_OF_AN_ADDRESS = 12_000;
    /// Users and addresses whose requests one instance counts.
    static final int CALLERS = 20_000;

    private Limits() {}
}
