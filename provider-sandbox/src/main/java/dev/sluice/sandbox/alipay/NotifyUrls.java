package dev.sluice.sandbox.alipay;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Addresses a notification can be posted to.
final class NotifyUrls {
    private NotifyUrls() {}

    static Optional<URI> read(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            return web && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
