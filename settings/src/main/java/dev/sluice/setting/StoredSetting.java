package dev.sluice.setting;

import java.time.Instant;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

import dev.sluice.event.value.UserId;

/// What an operator has set.
///
/// @param value nothing when it is again what it was before anybody set it; may be a key, and is never printed
/// @param actor the operator, by the product's number
/// @param at    when
public record StoredSetting(Optional<JsonNode> value, UserId actor, Instant at) {
    /// Whether it is a key before the last change that is believed no more.
    ///
    /// @param setting that it is of
    public boolean isExpired(Setting setting, Instant now) {
        return setting.isPrevious() && !now.isBefore(at.plus(Setting.PREVIOUS_HONOURED));
    }

    @Override
    public String toString() {
        return "StoredSetting[" + actor + ", " + at + "]";
    }
}
