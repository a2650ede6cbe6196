package dev.sluice.event.setting;

/// Who may read the value of a setting.
public enum Secrecy {
    /// Every reader.
    OPEN,
    /// Apps that verify the providers' messages.
    VERIFYING,
    /// Only apps that send signed requests to the providers.
    SIGNING
}
