package dev.sluice.setting;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.setting.SettingValue;

/// What operators have set, as far as the app needs it and its keyring opens it. For one thread at a time.
final class DecryptedSettings {
    private static final Logger LOG = LoggerFactory.getLogger(DecryptedSettings.class);

    private final Keyring keyring;
    private final Map<Setting, StoredSetting> opened = new HashMap<>();
    private final Map<Setting, SettingValue> locked = new HashMap<>();
    private final Set<Setting> lacking = new HashSet<>();

    DecryptedSettings(Keyring keyring) {
        this.keyring = keyring;
    }

    void take(SettingValue value) {
        Optional<Setting> setting = Setting.ofLabel(value.setting()).filter(keyring::concerns);
        if (setting.isEmpty()) {
            return;
        }
        try {
            opened.put(setting.get(), keyring.open(setting.get(), value));
            locked.remove(setting.get());
            lacking.remove(setting.get());
        } catch (UndecryptableSettingException e) {
            LOG.atError().addKeyValue("why", e.getMessage()).log("secret setting cannot be decrypted");
            locked.put(setting.get(), value);
        } catch (BadSettingException e) {
            LOG.atError().addKeyValue("why", e.getMessage()).log("stored setting ignored, the previous value stays");
            if (setting.get().secrecy() == Secrecy.OPEN && !opened.containsKey(setting.get())) {
                lacking.add(setting.get());
            }
        }
    }

    /// A file's key that was replaced must not be believed because its successor cannot be opened.
    void putNothingForWhatIsLocked() {
        locked.forEach((setting, value) -> opened.putIfAbsent(setting,
                new StoredSetting(Optional.of(StringNode.valueOf("")), value.actor(), value.at())));
    }

    /// Whether nothing of it is locked or lacking.
    boolean isWhole() {
        return locked.isEmpty() && lacking.isEmpty();
    }

    /// Whether something was set that is no value any more, as to a version that is stricter, and nothing before it is known.
    boolean isLacking() {
        return !lacking.isEmpty();
    }

    Map<Setting, StoredSetting> all() {
        return Map.copyOf(opened);
    }
}
