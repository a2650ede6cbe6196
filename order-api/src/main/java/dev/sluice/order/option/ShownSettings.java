package dev.sluice.order.option;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.EditReason;
import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.setting.SettingEdit;
import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.StoredSetting;

/// The settings as operators see them: keys masked, with their origin, and the changes that were made.
@Component
class ShownSettings {
    private static final String MASK = "••••";
    /// Nearly all public keys end in their common exponent, which distinguishes none from another.
    private static final Pattern END_OF_RSA_KEYS = Pattern.compile("IDAQAB\\s*$");
    private static final int SHOWN_OF_A_KEY = 4;
    /// Of a shorter secret nothing is shown.
    private static final int LONG_ENOUGH = 16;
    private static final int CHANGES_SHOWN = 100;

    private final LiveSettings live;
    private final Clock clock;

    ShownSettings(LiveSettings live, Clock clock) {
        this.live = live;
        this.clock = clock;
    }

    /// The value as it may be shown: of a key no more than its end.
    Optional<JsonNode> shown(Settings settings, Setting setting) {
        Optional<JsonNode> value = settings.json(setting);
        return setting.secrecy() == Secrecy.OPEN
                ? value
                : settings.text(setting).map(key -> StringNode.valueOf(masked(END_OF_RSA_KEYS.matcher(key).replaceFirst(""))));
    }

    private static String masked(String key) {
        return key.length() < LONG_ENOUGH ? MASK : MASK + key.substring(key.length() - SHOWN_OF_A_KEY);
    }

    /// Whether it is the masked form of a key.
    static boolean isMasked(String value) {
        return value.contains(MASK.substring(0, 1));
    }

    /// All settings by name. An expired previous key is left out.
    Map<String, JsonNode> all() {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        Settings settings = live.current();
        Setting.all().stream().filter(setting -> !isExpired(setting))
                .forEach(setting -> shown(settings, setting).ifPresent(value -> all.put(setting.label(), value)));
        return all;
    }

    private boolean isExpired(Setting setting) {
        StoredSetting stored = live.stored().get(setting);
        return stored != null && stored.isExpired(setting, clock.instant());
    }

    /// @param source        `default`, `file` or `operator`
    /// @param provenBy      of a key: the account for which the provider has confirmed it
    /// @param honouredUntil of a key before the last change
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Origin(String name, boolean secret, String source, @Nullable String changedBy, @Nullable Instant changedAt,
            @Nullable String provenBy, @Nullable Instant honouredUntil) {}

    /// Where each setting comes from.
    List<Origin> origins() {
        return Setting.all().stream().map(this::origin).toList();
    }

    private Origin origin(Setting setting) {
        // Whether what is stored counts no more.
        boolean over = isExpired(setting);
        String unset = live.current().isSet(setting) && !over ? "file" : "default";
        boolean secret = setting.secrecy() != Secrecy.OPEN;
        StoredSetting stored = live.stored().get(setting);
        if (stored == null) {
            return new Origin(setting.label(), secret, unset, null, null, null, null);
        }
        boolean kept = setting.isPrevious() && !over && live.current().text(setting).isPresent();
        return new Origin(setting.label(), secret, stored.value().isPresent() && !over ? "operator" : unset, stored.actor().value(),
                stored.at(), stored.provenBy().isEmpty() ? null : stored.provenBy(),
                kept ? stored.at().plus(Setting.PREVIOUS_HONOURED) : null);
    }

    /// @param before of an open setting; missing without a value
    /// @param after  of an open setting; missing without a value
    /// @param reason of a key: `rotate` or `leaked`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Edit(String name, @Nullable JsonNode before, @Nullable JsonNode after, @Nullable String reason) {
        static Edit of(SettingEdit edit) {
            return new Edit(edit.setting(), json(edit.before()), json(edit.after()),
                    edit.reason() == EditReason.NOT_A_KEY ? null : ChangeReason.of(edit.reason()));
        }

        private static @Nullable JsonNode json(String text) {
            return text.isEmpty() ? null : JsonMapper.shared().readTree(text);
        }
    }

    /// @param settings the names
    record Change(long number, Instant at, String actor, List<String> settings, List<Edit> edits) {
        static Change of(SettingsChanged change) {
            return new Change(change.number(), change.at(), change.actor().value(),
                    change.edits().stream().map(SettingEdit::setting).toList(), change.edits().stream().map(Edit::of).toList());
        }
    }

    /// The last changes, newest first: who, when and what; of keys no values.
    List<Change> changes() {
        return live.changes().stream().limit(CHANGES_SHOWN).map(Change::of).toList();
    }
}
