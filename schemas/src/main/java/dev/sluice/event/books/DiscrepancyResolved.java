package dev.sluice.event.books;

import java.time.LocalDate;

import dev.sluice.event.value.Provider;
import dev.sluice.event.value.UserId;

/// An operator resolved a difference between a provider's bill and the log. The first decision in the log counts.
///
/// @param discrepancy the number of the difference
/// @param provider    whose bill
/// @param day         the day in Beijing that the bill is of
/// @param resolution  what was done about it
/// @param actor       the operator's user id
/// @param reason      the operator's reason
public record DiscrepancyResolved(String discrepancy, Provider provider, LocalDate day, String resolution, UserId actor, String reason)
        implements
            BooksFact {
    @Override
    public String naturalKey() {
        return discrepancy;
    }
}
