package dev.sluice.order.page;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// How long a browser keeps a file whose name changes with its content.
    static final Duration ASSET_KEPT = Duration.ofDays(365);
    /// The same of the element, whose name stays: a host's page has a new version after this time.
    static final Duration ELEMENT_KEPT = Duration.ofMinutes(5);

    /// How long a browser remembers what a host's script may send.
    static final Duration PERMISSION_KEPT = Duration.ofMinutes(10);

    private Limits() {}
}
