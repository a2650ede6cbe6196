package dev.sluice.sandbox;

/// A setting without which the sandbox cannot start; the message names it and the remedy in one line. It never holds the value.
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String message) {
        super(message);
    }

    public InvalidSettingException(String message, Exception cause) {
        super(message, cause);
    }
}
