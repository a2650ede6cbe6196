package dev.sluice.setting;

import java.io.Serial;

/// A setting is not what it may be. The message names the setting and says what is needed, in one line and without the value:
/// it may be a key.
///
/// Remedy: correct the setting.
public final class BadSettingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /// @param setting which one
    /// @param needed  what it has to be
    public BadSettingException(Setting setting, String needed) {
        super("setting " + setting.label() + " " + needed);
    }

    BadSettingException(String message) {
        super(message);
    }
}
