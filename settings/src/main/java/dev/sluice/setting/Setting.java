package dev.sluice.setting;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.setting.form.PastedText;
import dev.sluice.setting.form.WebAddress;

/// One setting: the name that operators know it by, what it may be and what it is as long as no operator has set it. Each is a constant
/// of its [SettingsOwner].
///
/// @param label      the name that operators know it by
/// @param fallback   what it is as long as it is not set: JSON, or bare text for the kinds that are text
/// @param choices    the values of a [Kind#CHOICE], the provider's own hosts of a [Kind#GATEWAY]
/// @param secrecy    who may read it
/// @param isPrevious whether a replaced key is kept in it: written by us with the time of the change, never read from a file
public record Setting(String label, Kind kind, @Nullable String fallback, List<String> choices, Secrecy secrecy, boolean isPrevious)
        implements
            Comparable<Setting> {
    /// How long a verifying key is believed after it was replaced: providers repeat a notification for a day, and may have signed before.
    public static final Duration PREVIOUS_HONOURED = Duration.ofDays(2);

    private static final String PREVIOUS = "Previous";
    /// No key is larger: they have about 1,700 characters.
    private static final int LONGEST_KEY = 8192;
    private static final int LONGEST_TEXT = 1000;
    /// Of factors and amounts, written in JSON. All settings together fit into one record.
    private static final int LONGEST_LIST = 8192;
    private static final BigDecimal LARGEST_NUMBER = new BigDecimal("1000000");
    /// Few characters can write a number whose product takes for ever.
    private static final int MOST_DECIMALS = 20;

    /// What a value may be. A `SWITCH` offers a way to pay: while it is off, no new orders are taken. A `GATEWAY` is the address of a
    /// provider: operators may set it to the provider's own hosts only.
    public enum Kind {
        TEXT, CHOICE, URL, GATEWAY, SWITCH, WHOLE, DECIMAL, RATIOS, AMOUNTS
    }

    /// Loaded once, after all constants: the owners refer to this class.
    private static final class Known {
        private static final Map<String, Setting> BY_LABEL = load();

        private static Map<String, Setting> load() {
            Map<String, Setting> all = new LinkedHashMap<>();
            ServiceLoader.load(SettingsOwner.class, Setting.class.getClassLoader()).stream().map(ServiceLoader.Provider::get)
                    .flatMap(owner -> owner.ownSettings().stream())
                    .flatMap(setting -> Stream.concat(Stream.of(setting), setting.previous().stream()))
                    .forEach(setting -> {
                        if (all.put(setting.label, setting) != null) {
                            throw new IllegalStateException("two settings are named " + setting.label);
                        }
                    });
            return all;
        }
    }

    /// All settings of all owners.
    ///
    /// @throws IllegalStateException when two have one name
    public static List<Setting> all() {
        return List.copyOf(Known.BY_LABEL.values());
    }

    /// The setting that operators know by the name.
    public static Optional<Setting> ofLabel(String label) {
        return Optional.ofNullable(Known.BY_LABEL.get(label));
    }

    public static Setting text(String label) {
        return open(label, Kind.TEXT, null);
    }

    public static Setting text(String label, String fallback) {
        return open(label, Kind.TEXT, fallback);
    }

    public static Setting choice(String label, String fallback, String... choices) {
        return new Setting(label, Kind.CHOICE, fallback, List.of(choices), Secrecy.OPEN, false);
    }

    public static Setting url(String label) {
        return open(label, Kind.URL, null);
    }

    /// The address of a provider.
    ///
    /// @param fallback  without one, the provider is asked nowhere else
    /// @param addresses the provider's own in production, without a slash at the end
    public static Setting gateway(String label, @Nullable String fallback, List<String> addresses) {
        return new Setting(label, Kind.GATEWAY, fallback, addresses, Secrecy.OPEN, false);
    }

    /// Whether a way to pay is offered; on until an operator switches it off.
    public static Setting offer(String label) {
        return open(label, Kind.SWITCH, "true");
    }

    public static Setting whole(String label, String fallback) {
        return open(label, Kind.WHOLE, fallback);
    }

    public static Setting decimal(String label) {
        return open(label, Kind.DECIMAL, null);
    }

    public static Setting decimal(String label, String fallback) {
        return open(label, Kind.DECIMAL, fallback);
    }

    public static Setting ratios(String label) {
        return open(label, Kind.RATIOS, "{}");
    }

    public static Setting amounts(String label, String fallback) {
        return open(label, Kind.AMOUNTS, fallback);
    }

    /// A key that verifies, whether it also signs or not. The gateway can open it, and it has a [#previous()] one.
    public static Setting verifyingKey(String label) {
        return new Setting(label, Kind.TEXT, null, List.of(), Secrecy.VERIFYING, false);
    }

    /// A key that only signs.
    public static Setting signingKey(String label) {
        return new Setting(label, Kind.TEXT, null, List.of(), Secrecy.SIGNING, false);
    }

    private static Setting open(String label, Kind kind, @Nullable String fallback) {
        return new Setting(label, kind, fallback, List.of(), Secrecy.OPEN, false);
    }

    /// Where the value is kept when this one is replaced: keys that verify only.
    public Optional<Setting> previous() {
        return secrecy == Secrecy.VERIFYING && !isPrevious
                ? Optional.of(new Setting(label + PREVIOUS, Kind.TEXT, null, List.of(), secrecy, true))
                : Optional.empty();
    }

    /// The value as it is stored: what was pasted along with a key is taken away, addresses are written in lower case.
    ///
    /// @throws BadSettingException when it is not of its kind
    public JsonNode taken(JsonNode value) {
        JsonNode taken = value;
        if (value.isString() && (kind == Kind.URL || kind == Kind.GATEWAY)) {
            taken = WebAddress.of(value.stringValue()).<JsonNode>map(address -> StringNode.valueOf(address.toString())).orElse(value);
        } else if (value.isString() && secrecy != Secrecy.OPEN) {
            taken = StringNode.valueOf(PastedText.key(value.stringValue()));
        }
        check(taken);
        return taken;
    }

    /// Looks whether a value is of its kind, and no further.
    ///
    /// @throws BadSettingException when it is not
    public void check(JsonNode value) {
        boolean good = switch (kind) {
            case TEXT -> value.isString() && value.stringValue().length() <= longest();
            case CHOICE -> value.isString() && choices.contains(value.stringValue());
            case URL, GATEWAY -> value.isString() && value.stringValue().length() <= LONGEST_TEXT
                    && WebAddress.of(value.stringValue()).isPresent();
            case SWITCH -> value.isBoolean();
            case WHOLE -> isWhole(value);
            case DECIMAL -> isNumber(value) && value.decimalValue().signum() > 0;
            case RATIOS -> value.isObject() && value.valueStream().allMatch(Setting::isNumber) && isShort(value);
            case AMOUNTS -> value.isArray() && value.valueStream().allMatch(Setting::isWhole) && isShort(value);
        };
        if (!good) {
            throw switch (kind) {
                case TEXT -> new BadSettingException(this, GeneralFault.NOT_TEXT, longest());
                case CHOICE -> new BadSettingException(this, GeneralFault.NOT_A_CHOICE, String.join(", ", choices));
                case URL, GATEWAY -> new BadSettingException(this, GeneralFault.NOT_AN_ADDRESS);
                case SWITCH -> new BadSettingException(this, GeneralFault.NOT_A_FLAG);
                case WHOLE -> new BadSettingException(this, GeneralFault.NOT_A_WHOLE_NUMBER);
                case DECIMAL -> new BadSettingException(this, GeneralFault.NOT_A_NUMBER, LARGEST_NUMBER.toPlainString(), MOST_DECIMALS);
                case RATIOS -> new BadSettingException(this, GeneralFault.NOT_FACTORS, LARGEST_NUMBER.toPlainString(), MOST_DECIMALS);
                case AMOUNTS -> new BadSettingException(this, GeneralFault.NOT_AMOUNTS);
            };
        }
        checkCharacters(value);
    }

    /// Texts go into requests, and the one to WeChat Pay is XML.
    private void checkCharacters(JsonNode value) {
        if (kind == Kind.TEXT && secrecy == Secrecy.OPEN) {
            PastedText.firstForbidden(value.stringValue()).ifPresent(character -> {
                throw new BadSettingException(this, GeneralFault.FORBIDDEN_CHARACTER, "U+%04X".formatted(character));
            });
        }
    }

    private int longest() {
        return secrecy == Secrecy.OPEN ? LONGEST_TEXT : LONGEST_KEY;
    }

    private static boolean isShort(JsonNode value) {
        return value.toString().length() <= LONGEST_LIST;
    }

    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() > 0;
    }

    private static boolean isNumber(JsonNode value) {
        return value.isNumber() && value.decimalValue().signum() >= 0 && value.decimalValue().compareTo(LARGEST_NUMBER) <= 0
                && value.decimalValue().stripTrailingZeros().scale() <= MOST_DECIMALS;
    }

    @Override
    public int compareTo(Setting other) {
        return label.compareTo(other.label);
    }

    @Override
    public String toString() {
        return label;
    }
}
