package dev.sluice.provider.notification;

import java.net.URI;

import dev.sluice.event.value.Provider;

/// Where a provider sends its notifications.
///
/// @param base the public address of this installation
public record NotifyUrl(URI base, Provider provider) {
    /// Below the public address.
    public static String path(Provider provider) {
        return "/api/" + provider.code() + "/notify";
    }

    /// The whole address.
    public URI uri() {
        String address = base.toString();
        return URI.create((address.endsWith("/") ? address.substring(0, address.length() - 1) : address) + path(provider));
    }
}
