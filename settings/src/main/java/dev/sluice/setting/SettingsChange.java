package dev.sluice.setting;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.github.f4b6a3.ulid.UlidCreator;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.setting.SettingEdit;
import dev.sluice.event.setting.SettingValue;
import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;

/// Appends changes of settings: one signed record each, which carries everything that is set. All secrets are sealed again each time, for
/// this change alone and by the master key of today.
///
/// @param log the log that it is appended to
public record SettingsChange(LiveSettings live, Keyring keyring, EventLog log) {
    /// What is set before the change.
    ///
    /// @param number of the change before
    record State(long number, Map<String, BelievedSettings.Opened> opened) {}

    /// Appends a change. Whether it counts is known by [LiveSettings#awaitRead].
    ///
    /// @param changed what is set now; an empty value takes one back
    /// @param edits   the same for the audit
    /// @throws NotAppendedException  when it is not known to be set
    /// @throws IllegalStateException when the keyring does not sign
    public SettingsChanged append(UserId actor, Instant at, Map<Setting, StoredSetting> changed, List<SettingEdit> edits) {
        State before = live.state();
        String id = UlidCreator.getMonotonicUlid().toString();
        Map<String, BelievedSettings.Opened> all = new TreeMap<>(before.opened());
        changed.forEach((setting, stored) -> all.put(setting.label(), new BelievedSettings.Opened(setting.secrecy(), stored)));
        List<SettingValue> values = all.entrySet().stream()
                .map(each -> value(each.getKey(), each.getValue().secrecy(), each.getValue().stored(), id)).toList();
        var change = new SettingsChanged(id, before.number() + 1, actor, at, edits, values);
        log.append(change, keyring::sign);
        return change;
    }

    private SettingValue value(String label, Secrecy secrecy, StoredSetting stored, String change) {
        Optional<String> sealed = stored.value().map(value -> keyring.seal(label, secrecy, value.toString(), change));
        return new SettingValue(label, secrecy, sealed.orElse(""), stored.actor(), stored.at(), stored.provenBy());
    }
}
