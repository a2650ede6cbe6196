package dev.sluice.provider;

import dev.sluice.event.value.Provider;

/// Tells the provider's word from everybody else's, and what it says.
public interface NotificationVerifier {
    /// The provider behind it.
    Provider provider();

    /// Looks at a notice as received. Never throws because of what stands in it.
    Verdict verify(byte[] body);
}
