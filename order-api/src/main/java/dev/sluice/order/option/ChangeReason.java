package dev.sluice.order.option;

import java.util.Locale;
import java.util.Optional;

import dev.sluice.event.setting.EditReason;

/// Why an operator changes a key, as callers write it: `rotate` or `leaked`.
final class ChangeReason {
    private ChangeReason() {}

    /// As callers write it; nothing when it is neither.
    static Optional<EditReason> of(String text) {
        return switch (text) {
            case "rotate" -> Optional.of(EditReason.ROTATE);
            case "leaked" -> Optional.of(EditReason.LEAKED);
            default -> Optional.empty();
        };
    }

    static String of(EditReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
