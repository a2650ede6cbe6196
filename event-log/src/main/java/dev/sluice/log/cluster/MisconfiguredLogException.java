package dev.sluice.log.cluster;

import java.io.Serial;

import org.springframework.boot.ExitCodeGenerator;

/// Kafka, or the environment's description of it, is not as the log needs it. The message is one line with the remedy; it names no secret.
///
/// Remedy: the message's. A restart alone changes nothing.
public final class MisconfiguredLogException extends RuntimeException implements ExitCodeGenerator {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int EXIT_MISCONFIGURED = 78;

    public MisconfiguredLogException(String message) {
        super(message);
    }

    public MisconfiguredLogException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int getExitCode() {
        return EXIT_MISCONFIGURED;
    }
}
