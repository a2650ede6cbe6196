package dev.sluice.event.setting;

import java.time.Instant;
import java.util.List;

import dev.sluice.event.value.UserId;

/// An operator changed settings: who, when, what, and everything that operators have set from then on. One record of `sluice.settings`,
/// so it takes effect as a whole. It counts only with the signature of an app that has the master key, and only when its number is
/// greater than that of the change before.
///
/// @param id     distinguishes it from others
/// @param number 1 of the first change, and one more for each further
/// @param actor  the operator's user id
/// @param at     when
/// @param edits  what is different from the change before
/// @param values all that operators have set by now
public record SettingsChanged(String id, long number, UserId actor, Instant at, List<SettingEdit> edits, List<SettingValue> values) {
    /// @throws NullPointerException when a list has a gap
    public SettingsChanged {
        edits = List.copyOf(edits);
        values = List.copyOf(values);
    }
}
