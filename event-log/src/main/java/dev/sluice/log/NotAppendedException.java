package dev.sluice.log;

import java.io.Serial;

/// It is not known to be in the log on all in-sync replicas. It may be there all the same.
///
/// Remedy: do not acknowledge to whoever asked; when they ask again, append again: the same fact gets the same id.
public final class NotAppendedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    NotAppendedException(String message, Throwable cause) {
        super(message, cause);
    }
}
