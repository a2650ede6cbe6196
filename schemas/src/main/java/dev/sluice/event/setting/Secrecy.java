package dev.sluice.event.setting;

/// Who may read the value of a setting.
public enum Secrecy {
    /// Everybody.
    OPEN,
    /// Whoever verifies what providers say: it proves that something is theirs.
    VERIFYING,
    /// Only whoever speaks for us to the providers.
    SIGNING
}
