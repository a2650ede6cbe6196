package dev.sluice.setting;

import java.time.Instant;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

import dev.sluice.event.value.UserId;

/// A setting as an operator set it.
///
/// @param value    empty when it returned to its default; may be a key, and is never printed
/// @param actor    the operator's user id
/// @param at       when
/// @param provenBy of a key: the account for which the provider has confirmed it; else empty
public record StoredSetting(Optional<JsonNode> value, UserId actor, Instant at, String provenBy) {
    /// One that the provider has not confirmed.
    public StoredSetting(Optional<JsonNode> value, UserId actor, Instant at) {
        this(value, actor, at, "");
    }

    /// Whether it is a previous key that is no longer accepted.
    ///
    /// @param setting the setting that it belongs to
    public boolean isExpired(Setting setting, Instant now) {
        return setting.isPrevious() && !now.isBefore(at.plus(Setting.PREVIOUS_HONOURED));
    }

    @Override
    public String toString() {
        return "StoredSetting[" + actor + ", " + at + "]";
    }
}
