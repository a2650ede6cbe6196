package dev.sluice.provider.wire;

/// Not a message of the provider. The text never quotes it.
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedMessageException(String message) {
        super(message);
    }
}
