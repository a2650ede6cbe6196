package dev.sluice.order.access;

/// The bounds of this package, each with its name.
final class Limits {
    /// All requests to one instance, reading ones too, of one user and from one address, a minute: a page asks once a second at most, and
    /// somebody may have some of them open.
    static final long CALLS_OF_A_USER = 600;
    static final long CALLS_OF_AN_ADDRESS = 12_000;
    /// Users and addresses whose calls one instance counts.
    static final int CALLERS = 20_000;

    private Limits() {}
}
