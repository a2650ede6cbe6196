package dev.sluice.log.cluster;

import java.io.Serial;

/// Kafka, or the environment's description of it, is not as the log needs it. The message is one line with the remedy; it names no secret.
///
/// Remedy: the message's. A restart alone changes nothing.
public final class MisconfiguredLogException extends RuntimeException {
    /// The exit code of a process that it ends, as for other faults of the environment.
    public static final int EXIT_CODE = 78;

    @Serial
    private static final long serialVersionUID = 1;

    public MisconfiguredLogException(String message) {
        super(message);
    }

    public MisconfiguredLogException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Whether a failure has such a cause.
    public static boolean caused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MisconfiguredLogException) {
                return true;
            }
        }
        return false;
    }
}
