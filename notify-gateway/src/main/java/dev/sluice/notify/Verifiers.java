package dev.sluice.notify;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.sluice.event.Provider;
import dev.sluice.provider.NotificationVerifier;
import dev.sluice.provider.Verdict;

/// The verifiers of the providers that are set up.
final class Verifiers {
    private final Map<Provider, NotificationVerifier> byProvider = new EnumMap<>(Provider.class);

    Verifiers(List<NotificationVerifier> verifiers) {
        verifiers.forEach(verifier -> byProvider.put(verifier.provider(), verifier));
    }

    Verdict verify(Provider provider, byte[] body) {
        NotificationVerifier verifier = byProvider.get(provider);
        return verifier == null ? new Verdict.Forged("no key to check it with: the account is not set up") : verifier.verify(body);
    }
}
