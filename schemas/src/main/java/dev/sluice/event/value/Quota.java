package dev.sluice.event.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// An amount of the product's prepaid quota, in the product's smallest unit.
///
/// @param units 0 or more
public record Quota(@JsonValue long units) {
    /// @throws IllegalArgumentException when `units` is negative
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Quota {
        if (units < 0) {
            throw new IllegalArgumentException("quota is never negative");
        }
    }

    @Override
    public String toString() {
        return Long.toString(units);
    }
}
