package dev.sluice.setting;

import java.io.Serial;

/// A stored secret setting cannot be opened.
///
/// Remedy: start with the master key (the notify gateway: with its verifying key) that it was sealed with.
final class UndecryptableSettingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    UndecryptableSettingException(Setting setting) {
        super(setting.label()
                + " is stored and cannot be opened: SLUICE_MASTER_KEY (of the notify gateway: SLUICE_VERIFYING_KEY) must be the"
                + " one that it was stored with");
    }
}
