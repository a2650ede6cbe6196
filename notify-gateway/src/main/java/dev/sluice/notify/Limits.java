package dev.sluice.notify;

import java.time.Duration;

/// The bounds of this app, each with its name.
final class Limits {
    /// A notification has 1 to 3 KiB. Of a longer one, as much is kept as evidence.
    static final int BODY_BYTES = 64 * 1024;
    /// Bodies that are being read, at most 32 MiB in memory. For one more, the slowest makes room.
    static final int BODIES = 512;
    /// Notifications that are being verified or appended. One more gets the failure response.
    static final int IN_FLIGHT = 512;
    /// The shortest time between two log lines about notifications that were not taken.
    static final Duration BETWEEN_COMPLAINTS = Duration.ofSeconds(10);
    /// Forged notifications that are kept a minute: of one address, and of all together. Signed ones are kept without limit.
    static final long FORGERIES_OF_AN_ADDRESS = 60;
    static final long FORGERIES = 600;
    /// Addresses whose forgeries are counted.
    static final int FORGERS = 10_000;
    /// How long a sender may take for its body. Providers wait 5 seconds in all.
    static final Duration BODY_WITHIN = Duration.ofSeconds(5);

    /// A payment that is notified again within this time is not appended again; so many payments are remembered.
    static final Duration REPEATED_WITHIN = Duration.ofMinutes(10);
    static final int REMEMBERED_PAYMENTS = 50_000;

    private Limits() {}
}
