package dev.sluice.event.setting;

/// Why a setting was changed.
public enum EditReason {
    /// A setting that is no key.
    NOT_A_KEY,
    /// The key is replaced in the ordinary course: the one before is still believed for a while.
    ROTATE,
    /// The key may be known to others: the one before is no longer believed.
    LEAKED
}
