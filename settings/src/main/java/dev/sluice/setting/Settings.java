package dev.sluice.setting;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.Secrecy;

/// The settings as they are now: every value is of its kind, or there would be no such object. It prints names only, never values.
public final class Settings {
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);
    private static final JsonMapper MAPPER = JsonMapper
            .builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String NO_OBJECT = "settings are a JSON object of names and values";

    private final Map<Setting, JsonNode> values;
    private final Map<Setting, Instant> setAt;
    private final Consumer<Setting> reading;

    private Settings(Map<Setting, JsonNode> values, Map<Setting, Instant> setAt) {
        this(values, setAt, _ -> {});
    }

    private Settings(Map<Setting, JsonNode> values, Map<Setting, Instant> setAt, Consumer<Setting> reading) {
        this.values = values;
        this.setAt = setAt;
        this.reading = reading;
    }

    /// The defaults.
    public static Settings none() {
        return new Settings(Map.of(), Map.of());
    }

    /// What there is before operators set anything.
    ///
    /// @param file path of a JSON file, or blank
    /// @throws BadSettingException as [#read(Path)]
    public static Settings bootstrap(String file) {
        return file.isBlank() ? none() : read(Path.of(file));
    }

    /// Reads a JSON object of settings by name. Previous keys are not read from a file, which does not contain the time of the change.
    ///
    /// @throws BadSettingException when the file cannot be read, or any setting in it is unknown or not of its kind
    public static Settings read(Path file) {
        try {
            Settings settings = of(MAPPER.readTree(Files.readAllBytes(file)));
            settings.values.keySet().stream().filter(Setting::isPrevious).findFirst().ifPresent(setting -> {
                throw new BadSettingException("setting " + setting.label() + " does not belong in a file: it is kept when a key is replaced"
                        + " by PUT /api/option");
            });
            return settings;
        } catch (IOException e) {
            throw new BadSettingException(
                    "the settings file " + file + " cannot be read: does SLUICE_SETTINGS name an existing JSON file?");
        } catch (JacksonException e) {
            // The parser's message may quote the content, and the content may be a key.
            throw new BadSettingException("the settings file " + file + " is not JSON: line " + lineOf(e));
        }
    }

    private static int lineOf(JacksonException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    /// Takes settings that are already JSON.
    ///
    /// @throws BadSettingException when any of them is unknown or not of its kind
    public static Settings of(JsonNode object) {
        if (!object.isObject()) {
            throw new BadSettingException(NO_OBJECT);
        }
        Map<Setting, JsonNode> values = new HashMap<>();
        object.properties().forEach(entry -> {
            Setting setting = Setting
                    .ofLabel(entry.getKey())
                    .orElseThrow(() -> BadSettingException.unknown(entry.getKey()));
            values.put(setting, setting.taken(entry.getValue()));
        });
        return new Settings(values, Map.of());
    }

    Settings only(Predicate<Setting> wanted) {
        Map<Setting, JsonNode> some = new HashMap<>();
        values.forEach((setting, value) -> {
            if (wanted.test(setting)) {
                some.put(setting, value);
            }
        });
        return new Settings(some, setAt);
    }

    /// These, but where operators have set something: that.
    Settings overriddenBy(Map<Setting, StoredSetting> stored) {
        Map<Setting, JsonNode> all = new HashMap<>(values);
        Map<Setting, Instant> times = new HashMap<>();
        stored.forEach((setting, each) -> {
            times.put(setting, each.at());
            each.value().ifPresent(value -> all.put(setting, value));
        });
        return new Settings(all, times);
    }

    /// These, with no way to pay that is offered.
    Settings switchedOff() {
        Map<Setting, JsonNode> all = new HashMap<>(values);
        Setting.all().stream().filter(setting -> setting.kind() == Setting.Kind.SWITCH)
                .forEach(setting -> all.put(setting, BooleanNode.FALSE));
        return new Settings(all, setAt);
    }

    /// These, with no way to pay and no key: what replaced them cannot be known.
    Settings withoutKeys() {
        Settings off = switchedOff();
        Setting.all().stream().filter(setting -> setting.secrecy() != Secrecy.OPEN).forEach(off.values::remove);
        return off;
    }

    /// These, and each setting that is read of them from now on is given to `reading`.
    Settings readBy(Consumer<Setting> reading) {
        return new Settings(values, setAt, reading);
    }

    /// Whether reading these settings from the others would give the same values.
    boolean isSame(Settings others, Set<Setting> read) {
        return setAt.isEmpty() == others.setAt.isEmpty() && read.stream().allMatch(setting -> json(setting).equals(others.json(setting))
                && (!setting.isPrevious() || Objects.equals(setAt.get(setting), others.setAt.get(setting))));
    }

    /// Reads values by name, whatever the names are.
    ///
    /// @throws BadSettingException when it is not a JSON object, or holds half a character that could not be written again
    public static Map<String, JsonNode> named(String json) {
        try {
            JsonNode object = MAPPER.readTree(json);
            boolean whole = object.toString().codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
            if (object.isObject() && whole) {
                return object.propertyStream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new));
            }
            throw new BadSettingException(NO_OBJECT);
        } catch (JacksonException e) {
            throw new BadSettingException(NO_OBJECT);
        }
    }

    /// Takes a stored value as JSON text, whatever its kind.
    ///
    /// @throws BadSettingException when it is not JSON
    static JsonNode parsed(String label, String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new BadSettingException("setting " + label + " is not JSON");
        }
    }

    /// The settings with a verifying key as it was before it was replaced.
    ///
    /// @param until when that key ceases to be believed
    public record Before(Settings settings, Instant until) {}

    /// Derives a part from the settings. A part that cannot be derived from operators' settings is left out, with a log line: the others
    /// must go on working. The settings of a file must be right.
    ///
    /// @throws BadSettingException when a setting of the file cannot be right
    public <T> Optional<T> part(Supplier<Optional<T>> part) {
        try {
            return part.get();
        } catch (BadSettingException e) {
            if (setAt.isEmpty()) {
                throw e;
            }
            LOG.atError().addKeyValue("why", e.getMessage()).log("setting cannot be used and is left out");
            return Optional.empty();
        }
    }

    /// What was before the key was replaced; nothing when it never was.
    public Optional<Before> before(Setting key) {
        Setting previous = key.previous().orElseThrow();
        reading.accept(previous);
        Instant since = setAt.get(previous);
        return since == null ? Optional.empty() : text(previous).map(old -> {
            Map<Setting, JsonNode> all = new HashMap<>(values);
            all.put(key, StringNode.valueOf(old));
            return new Before(new Settings(all, setAt, reading), since.plus(Setting.PREVIOUS_HONOURED));
        });
    }

    /// The value as JSON, given or by default; empty without either.
    public Optional<JsonNode> json(Setting setting) {
        return Optional.ofNullable(value(setting));
    }

    /// Whether it has a value other than its default.
    public boolean isSet(Setting setting) {
        reading.accept(setting);
        return values.containsKey(setting);
    }

    /// The text, or nothing when it is neither given nor has a fallback, or is blank: a blank key is no key.
    public Optional<String> text(Setting setting) {
        return Optional.ofNullable(value(setting)).map(JsonNode::stringValue).filter(text -> !text.isBlank());
    }

    public boolean flag(Setting setting) {
        return required(setting).booleanValue();
    }

    public long whole(Setting setting) {
        return required(setting).longValue();
    }

    public BigDecimal decimal(Setting setting) {
        return required(setting).decimalValue();
    }

    /// The number, or nothing when it is neither given nor has a fallback.
    public Optional<BigDecimal> optionalDecimal(Setting setting) {
        return Optional.ofNullable(value(setting)).map(JsonNode::decimalValue);
    }

    /// Factors by name, sorted by name.
    public Map<String, BigDecimal> ratios(Setting setting) {
        return required(setting)
                .propertyStream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().decimalValue(), (a, b) -> b, TreeMap::new));
    }

    public List<Long> amounts(Setting setting) {
        return required(setting).valueStream().map(JsonNode::longValue).toList();
    }

    private JsonNode required(Setting setting) {
        JsonNode value = value(setting);
        if (value == null) {
            throw new BadSettingException(setting, GeneralFault.MISSING);
        }
        return value;
    }

    private @Nullable JsonNode value(Setting setting) {
        reading.accept(setting);
        JsonNode given = values.get(setting);
        String fallback = setting.fallback();
        if (given != null || fallback == null) {
            return given;
        }
        return switch (setting.kind()) {
            case TEXT, CHOICE, URL, GATEWAY -> StringNode.valueOf(fallback);
            case SWITCH, WHOLE, DECIMAL, RATIOS, AMOUNTS -> MAPPER.readTree(fallback);
        };
    }

    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}
