package dev.sluice.event.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A user of the product whose quota is topped up, by the product's own number.
///
/// @param value at least 1
public record UserId(@JsonValue long value) {
    /// @throws IllegalArgumentException when `value` is below 1
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UserId {
        if (value < 1) {
            throw new IllegalArgumentException("a user id is at least 1");
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
