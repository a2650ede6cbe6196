package dev.sluice.event;

/// A fact as an older version told it. It is read for ever and never written again.
interface OldEvent {
    /// The same fact as it would be told today.
    TopUpEvent today();
}
