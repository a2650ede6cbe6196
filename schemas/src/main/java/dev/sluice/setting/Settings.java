package dev.sluice.setting;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/// The settings as they are now: every value is of its kind, or there would be no such object. It prints names only, never values.
public final class Settings {
    private static final JsonMapper MAPPER = JsonMapper
            .builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /// No setting is larger: keys have about 1,700 characters.
    private static final int LONGEST_TEXT = 8192;
    private static final BigDecimal LARGEST_FACTOR = new BigDecimal("1000000");

    private final Map<Setting, JsonNode> values;

    private Settings(Map<Setting, JsonNode> values) {
        this.values = values;
    }

    /// Reads a JSON object of settings by name.
    ///
    /// @throws BadSettingException when the file cannot be read, or any setting in it is unknown or not of its kind
    public static Settings read(Path file) {
        try {
            return of(MAPPER.readTree(Files.readAllBytes(file)));
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
            throw new BadSettingException("settings are a JSON object of names and values");
        }
        Map<Setting, JsonNode> values = new EnumMap<>(Setting.class);
        object.properties().forEach(entry -> {
            Setting setting = Setting
                    .ofLabel(entry.getKey())
                    .orElseThrow(() -> new BadSettingException("there is no setting " + abbreviated(entry.getKey())));
            check(setting, entry.getValue());
            values.put(setting, entry.getValue());
        });
        return new Settings(values);
    }

    private static String abbreviated(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }

    private static void check(Setting setting, JsonNode value) {
        boolean good = switch (setting.kind()) {
            case TEXT -> value.isString() && value.stringValue().length() <= LONGEST_TEXT;
            case CHOICE -> value.isString() && setting.choices().contains(value.stringValue());
            case URL -> value.isString() && isHttpUrl(value.stringValue());
            case FLAG -> value.isBoolean();
            case WHOLE -> value.isIntegralNumber() && value.canConvertToLong() && value.longValue() > 0;
            case DECIMAL -> isFactor(value) && value.decimalValue().signum() > 0;
            case RATIOS -> value.isObject() && value.valueStream().allMatch(Settings::isFactor);
            case AMOUNTS ->
                value.isArray() && value.valueStream().allMatch(v -> v.canConvertToLong() && v.isIntegralNumber() && v.longValue() > 0);
        };
        if (!good) {
            throw new BadSettingException(setting, "must be " + switch (setting.kind()) {
                case TEXT -> "text of at most " + LONGEST_TEXT + " characters";
                case CHOICE -> "one of " + String.join(", ", setting.choices());
                case URL -> "an http or https address without query";
                case FLAG -> "true or false";
                case WHOLE -> "a whole number above 0";
                case DECIMAL -> "a number above 0";
                case RATIOS -> "an object of names and numbers from 0 to " + LARGEST_FACTOR.toPlainString();
                case AMOUNTS -> "a list of whole numbers above 0";
            });
        }
    }

    private static boolean isFactor(JsonNode value) {
        return value.isNumber() && value.decimalValue().signum() >= 0 && value.decimalValue().compareTo(LARGEST_FACTOR) <= 0;
    }

    private static boolean isHttpUrl(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null
                    && List.of("http", "https").contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
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
    public Optional<BigDecimal> decimalIfSaid(Setting setting) {
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
            throw new BadSettingException(setting, "is missing");
        }
        return value;
    }

    private @Nullable JsonNode value(Setting setting) {
        JsonNode given = values.get(setting);
        String fallback = setting.fallback();
        if (given != null || fallback == null) {
            return given;
        }
        return switch (setting.kind()) {
            case TEXT, CHOICE, URL -> StringNode.valueOf(fallback);
            case FLAG, WHOLE, DECIMAL, RATIOS, AMOUNTS -> MAPPER.readTree(fallback);
        };
    }

    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}
