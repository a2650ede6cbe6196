package dev.sluice.edge;

import org.springframework.http.server.reactive.ServerHttpRequest;

/// The address that a request came from. Its headers count only when one of our own reverse proxies wrote them.
public final class ClientAddress {
    private final TrustedProxies proxies;

    /// @param proxies the reverse proxies whose headers count
    public ClientAddress(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /// The address as a literal.
    public String of(ServerHttpRequest request) {
        return proxies.clientOf(request.getRemoteAddress(), request.getHeaders().getOrEmpty(TrustedProxies.HEADER));
    }
}
