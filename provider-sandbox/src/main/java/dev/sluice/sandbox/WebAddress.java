package dev.sluice.sandbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Addresses of merchants. The real gateways require https and a public name; a merchant on the developer's own machine has neither.
public final class WebAddress {
    private WebAddress() {}

    /// Empty if the text is no address with http or https and a host.
    public static Optional<URI> read(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            return web && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
