package dev.sluice.log.copy;

import java.io.Serial;

/// A copy that is not made, because the target would not be a copy.
///
/// Remedy: the message has it.
public final class CopyRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    CopyRefusedException(String message) {
        super(message);
    }
}
