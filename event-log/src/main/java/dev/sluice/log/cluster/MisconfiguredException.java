package dev.sluice.log.cluster;

import java.io.Serial;
import java.util.Optional;

/// Kafka or PostgreSQL, or the environment's description of it, is not as the apps need it. The message is one line with the remedy; it names no secret.
///
/// Remedy: the message's. A restart alone changes nothing.
public final class MisconfiguredException extends RuntimeException {
    /// The exit code of a process that it ends, as for other faults of the environment.
    public static final int EXIT_CODE = 78;

    @Serial
    private static final long serialVersionUID = 1;

    public MisconfiguredException(String message) {
        super(message);
    }

    public MisconfiguredException(String message, Throwable cause) {
        super(message, cause);
    }

    /// The one among the causes of a failure.
    public static Optional<MisconfiguredException> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MisconfiguredException misconfigured) {
                return Optional.of(misconfigured);
            }
        }
        return Optional.empty();
    }
}
