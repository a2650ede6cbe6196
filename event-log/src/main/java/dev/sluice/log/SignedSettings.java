package dev.sluice.log;

import java.util.Optional;

import dev.sluice.event.setting.SettingsChanged;

/// A record of `sluice.settings` as it was read: bytes, and what claims to be their signature.
///
/// @param content   the bytes that the signature is about
/// @param signature empty when the record has none
// Never compared, and the bytes are plain bytes.
@SuppressWarnings("ArrayRecordComponent")
public record SignedSettings(byte[] content, byte[] signature) {
    /// The content of the bytes; nothing when they are not a change of settings. Only of use once the signature is verified.
    public Optional<SettingsChanged> change() {
        return EventCodec.readChange(content);
    }
}
