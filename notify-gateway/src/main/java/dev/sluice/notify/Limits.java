package dev.sluice.notify;

import java.time.Duration;

/// The bounds of this app, each with its name.
final class Limits {
    /// The size of a body that is recognised. Longer ones are not read to their end.
    static final int BODY_BYTES = 64 * 1024;
    /// Bodies that are being read, at most 32 MiB in memory. For one more, the slowest makes room.
    static final int BODIES = 512;
    /// Notifications that are being verified or appended. One more gets the failure response.
    static final int IN_FLIGHT = 512;
    /// The shortest time between two log lines about notifications that were not taken.
    static final Duration BETWEEN_COMPLAINTS = Duration.ofSeconds(10);
    /// What is kept of a forged notification: genuine ones have 1 to 3 KiB.
    static final int EXCERPT_BYTES = 2 * 1024;
    /// Characters that are kept of a header, of a path and of a reason.
    static final int KEPT_CHARACTERS = 200;
    /// What a record has beside body, headers, path and reason: names of fields, digest, ids and envelope.
    static final int RECORD_BYTES = 1024;
    /// Bytes of forged notifications that are kept a day: of one address, and of all together. As many may come at once and come back
    /// within a day, so that a first day costs at most twice as much. Signed ones are kept without limit.
    static final long FORGED_BYTES_OF_AN_ADDRESS = 2L * 1024 * 1024;
    static final long FORGED_BYTES = 32L * 1024 * 1024;
    static final Duration DAY = Duration.ofDays(1);
    /// Addresses whose forgeries are counted.
    static final int FORGERS = 10_000;
    /// How long a sender may take for its body. Providers wait 5 seconds in all.
    static final Duration BODY_WITHIN = Duration.ofSeconds(5);

    /// A signed notification that comes again within this time is not appended again; so many are remembered. Providers repeat for 25 hours.
    static final Duration REPEATED_WITHIN = Duration.ofDays(3);
    static final int REMEMBERED = 100_000;

    private Limits() {}
}
