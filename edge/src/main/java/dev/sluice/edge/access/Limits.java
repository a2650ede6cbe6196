package dev.sluice.edge.access;

import java.time.Duration;
import java.util.regex.Pattern;

/// The bounds of this package, each with its name.
final class Limits {
    /// Requests per minute to one instance, reads included, of one user and from one address: a page polls once a second at most, and a
    /// user may have several pages open.
    static final long CALLS_OF_A_USER = 600;
    static final long CALLS_OF_AN_ADDRESS = 12_000;
    /// The same of one caller with a role: more than a console asks for, and few enough that a stolen token does not fill the log quickly.
    static final long CALLS_OF_A_ROLE = 3_000;
    /// Requests per minute from one address without a valid token, counted apart: they do not use up what its users may do.
    static final long CALLS_WITHOUT_TOKEN = 1_200;
    /// Users and addresses whose requests one instance counts.
    static final int CALLERS = 20_000;

    /// How far the clock of a token's signer may differ from ours.
    static final Duration CLOCK_SKEW = Duration.ofSeconds(10);
    /// How long an issuer's keys are used without asking for them again, and how long when the issuer is away.
    static final Duration KEYS_CACHED = Duration.ofMinutes(5);
    static final Duration KEYS_USED_IN_OUTAGE = Duration.ofDays(1);
    /// Unknown keys have the issuer's keys fetched at most twice in this time.
    static final Duration KEYS_FETCHED_TWICE_IN = Duration.ofMinutes(1);
    static final Duration KEY_CONNECT_WITHIN = Duration.ofSeconds(2);
    static final Duration KEY_READ_WITHIN = Duration.ofSeconds(3);
    /// How long a token waits for keys that another one has fetched.
    static final Duration KEY_FETCH_WITHIN = Duration.ofSeconds(12);
    /// Bytes of a key set, or of a discovery document.
    static final int KEY_SET_BYTES = 512 * 1024;

    /// What a user's id, or an operator's, can be: printable ASCII characters without spaces.
    static final int USER_LENGTH = 64;
    static final Pattern USER = Pattern.compile("[!-~]{1," + USER_LENGTH + "}");

    private Limits() {}
}
