package dev.sluice.notify;

import java.time.Duration;

/// The bounds of this app, each with its name.
final class Limits {
    /// A notice has 1 to 3 KiB. Of a longer one, as much is kept as evidence.
    static final int BODY_BYTES = 64 * 1024;
    /// RequestBodies that are being read, of which 32 MiB can be here at most; for one more, the one that takes longest makes room.
    static final int BODIES = 512;
    /// Notices that are being checked or appended; one more is told to come again.
    static final int IN_FLIGHT = 512;
    /// That notices are not taken is logged no more often.
    static final Duration BETWEEN_COMPLAINTS = Duration.ofSeconds(10);
    /// Forged notices that are kept a minute: of one address, and of all together. What is signed is kept without limit.
    static final long FORGERIES_OF_AN_ADDRESS = 60;
    static final long FORGERIES = 600;
    /// Addresses whose forgeries are counted.
    static final int FORGERS = 10_000;
    /// How long a sender may take for its body. Providers wait 5 seconds in all.
    static final Duration BODY_WITHIN = Duration.ofSeconds(5);

    /// A payment that is notified again so soon is not appended again, for so many payments.
    static final Duration REPEATED_WITHIN = Duration.ofMinutes(10);
    static final int REMEMBERED_PAYMENTS = 50_000;

    private Limits() {}
}
