package dev.sluice.event.value;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/// A user of the product whose quota is topped up, or an operator, by the product's own identifier: a number, a UUID, or any other
/// `sub` of its identity provider. Sluice compares it and never interprets it.
///
/// @param value 1 to [#MAX_LENGTH] printable ASCII characters without spaces
public record UserId(@JsonValue String value) {
    /// The most characters.
    public static final int MAX_LENGTH = 64;

    private static final Pattern PATTERN = Pattern.compile("[!-~]{1," + MAX_LENGTH + "}");

    /// @throws IllegalArgumentException when `value` is anything else
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UserId {
        if (!isLegal(value)) {
            throw new IllegalArgumentException("a user id has 1 to " + MAX_LENGTH + " printable characters");
        }
    }

    /// Whether `value` can be a user id.
    public static boolean isLegal(@Nullable String value) {
        return value != null && PATTERN.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
