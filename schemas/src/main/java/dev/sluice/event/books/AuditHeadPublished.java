package dev.sluice.event.books;

import java.time.LocalDate;
import java.util.List;

/// The audit stream's heads at the end of a day. An auditor who keeps them elsewhere can prove that no earlier row was changed.
///
/// @param day   the day in Beijing that ended
/// @param heads of each partition
public record AuditHeadPublished(LocalDate day, List<Head> heads) implements BooksFact {
    /// The last row of one partition.
    ///
    /// @param topic     the topic of the log
    /// @param partition its partition
    /// @param offset    of the last record
    /// @param rows      how many rows the chain has
    /// @param hash      of the last row, in hex
    public record Head(String topic, int partition, long offset, long rows, String hash) {}

    public AuditHeadPublished {
        heads = List.copyOf(heads);
    }

    @Override
    public String naturalKey() {
        return day.toString();
    }
}
