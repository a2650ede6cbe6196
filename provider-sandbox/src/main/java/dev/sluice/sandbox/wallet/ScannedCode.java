package dev.sluice.sandbox.wallet;

import org.jspecify.annotations.Nullable;

/// What a program scanned.
///
/// @param code content of the QR code
record ScannedCode(@Nullable String code) {
    String text() {
        return code == null ? "" : code.strip();
    }
}
