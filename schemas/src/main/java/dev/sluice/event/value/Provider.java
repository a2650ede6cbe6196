package dev.sluice.event.value;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Who takes the payer's money. The code is what the log, the tables, the metrics, the routes and `payment_method` carry.
///
/// A value, not an enum: which providers there are is known where they are implemented, each in a package of its own.
///
/// @param code such as `wechat`: a small letter, then up to 31 small letters, digits or `_`
public record Provider(@JsonValue String code) implements Comparable<Provider> {
    private static final Pattern LEGAL = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /// @throws IllegalArgumentException when `code` is not such a code
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Provider {
        if (!isLegal(code)) {
            throw new IllegalArgumentException("not a provider's code: a small letter and up to 31 of a-z 0-9 _ are needed");
        }
    }

    /// Whether `code` could be a provider's code at all.
    public static boolean isLegal(String code) {
        return LEGAL.matcher(code).matches();
    }

    @Override
    public int compareTo(Provider other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
