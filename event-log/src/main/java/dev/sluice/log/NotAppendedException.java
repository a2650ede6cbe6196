package dev.sluice.log;

import java.io.Serial;

/// The append was not confirmed by all in-sync replicas. The record may be in the log all the same.
///
/// Remedy: do not acknowledge to the caller. When the caller retries, append again: the same fact gets the same id.
public final class NotAppendedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    NotAppendedException(String message, Throwable cause) {
        super(message, cause);
    }
}
