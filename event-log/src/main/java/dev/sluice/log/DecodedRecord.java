package dev.sluice.log;

import java.time.Instant;
import java.util.UUID;

import dev.sluice.event.TopUpEvent;

/// What a record of `sluice.events` turned out to be.
public sealed interface DecodedRecord {
    /// A fact that we understand.
    ///
    /// @param id    the same however often the fact is appended
    /// @param at    when it was appended, by the writer's clock
    /// @param event the fact
    record Fact(UUID id, Instant at, TopUpEvent event) implements DecodedRecord {}

    /// Not a fact that this version understands. It belongs to the dead letters, with an alarm: it may be about money.
    ///
    /// @param why what is wrong with it, without its content
    record Unreadable(String why) implements DecodedRecord {}
}
