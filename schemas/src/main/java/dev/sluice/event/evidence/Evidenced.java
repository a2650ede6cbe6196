package dev.sluice.event.evidence;

/// A fact that rests on a provider's message, which it contains.
public interface Evidenced {
    /// The message as received.
    Evidence evidence();
}
