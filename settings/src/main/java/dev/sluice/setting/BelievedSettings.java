package dev.sluice.setting;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.setting.SettingValue;
import dev.sluice.event.setting.SettingsChanged;

/// What operators have set by the last change that counts, as far as the app needs it and its keyring opens it. For one thread at a time.
final class BelievedSettings {
    private static final Logger LOG = LoggerFactory.getLogger(BelievedSettings.class);

    private final Keyring keyring;
    private final Map<String, Opened> opened = new LinkedHashMap<>();
    private final Map<Setting, StoredSetting> usable = new HashMap<>();
    private final Map<Setting, SettingValue> locked = new HashMap<>();
    private final Set<Setting> lacking = new HashSet<>();

    /// A value as it is stored, whether this version knows the setting or not.
    record Opened(Secrecy secrecy, StoredSetting stored) {}

    BelievedSettings(Keyring keyring) {
        this.keyring = keyring;
    }

    /// A change carries everything that is set. What of it cannot be used stays as it was.
    void take(SettingsChanged change) {
        Map<Setting, StoredSetting> before = Map.copyOf(usable);
        opened.clear();
        usable.clear();
        locked.clear();
        lacking.clear();
        change.values().stream().filter(value -> keyring.concerns(value.secrecy()))
                .forEach(value -> take(value, change.id(), before));
    }

    private void take(SettingValue value, String change, Map<Setting, StoredSetting> before) {
        Optional<Setting> setting = Setting.ofLabel(value.setting());
        Optional<String> json = value.value().isEmpty()
                ? Optional.of("")
                : keyring.open(value.setting(), value.secrecy(), value.value(), change);
        if (json.isEmpty()) {
            LOG.atError().addKeyValue("setting", value.setting()).log("secret setting cannot be decrypted");
            opened.put(value.setting(), new Opened(value.secrecy(), blank(value)));
            setting.ifPresent(known -> {
                locked.put(known, value);
                keep(known, before);
            });
            return;
        }
        try {
            Optional<JsonNode> node = json.filter(text -> !text.isEmpty()).map(text -> Settings.parsed(value.setting(), text));
            var stored = new StoredSetting(node, value.actor(), value.at(), value.provenBy());
            opened.put(value.setting(), new Opened(value.secrecy(), stored));
            setting.ifPresent(known -> {
                check(known, value.secrecy(), node);
                usable.put(known, stored);
            });
        } catch (RuntimeException e) {
            // The message of any other may hold a value, and the value may be a key.
            LOG.atError().addKeyValue("setting", value.setting())
                    .addKeyValue("why", e instanceof BadSettingException ? e.getMessage() : e.getClass().getSimpleName())
                    .log("stored setting ignored, the previous value stays");
            setting.ifPresent(known -> {
                if (known.secrecy() == Secrecy.OPEN && !before.containsKey(known)) {
                    lacking.add(known);
                }
                keep(known, before);
            });
        }
    }

    private static void check(Setting setting, Secrecy secrecy, Optional<JsonNode> value) {
        if (secrecy != setting.secrecy()) {
            throw new BadSettingException("the stored value of " + setting.label() + " is not sealed as required");
        }
        value.ifPresent(setting::check);
    }

    private void keep(Setting setting, Map<Setting, StoredSetting> before) {
        Optional.ofNullable(before.get(setting)).ifPresent(last -> usable.put(setting, last));
    }

    /// A file's key that was replaced must not be believed because its successor cannot be opened.
    void putNothingForWhatIsLocked() {
        locked.forEach((setting, value) -> usable.put(setting, blank(value)));
    }

    private static StoredSetting blank(SettingValue value) {
        return new StoredSetting(Optional.of(StringNode.valueOf("")), value.actor(), value.at(), "");
    }

    /// Whether nothing of it is locked or lacking.
    boolean isWhole() {
        return locked.isEmpty() && lacking.isEmpty();
    }

    /// Whether something was set that is no value any more, as to a version that is stricter, and nothing before it is known.
    boolean isLacking() {
        return !lacking.isEmpty();
    }

    /// What can be used.
    Map<Setting, StoredSetting> all() {
        return Map.copyOf(usable);
    }

    /// Everything by name, also what this version cannot use.
    Map<String, Opened> opened() {
        return new LinkedHashMap<>(opened);
    }
}
