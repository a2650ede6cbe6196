package dev.sluice.notify;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

import dev.sluice.setting.TrustedProxies;

/// Where a request came from. What its headers say of that is believed of our own reverse proxies only.
@Component
class ClientAddress {
    private final TrustedProxies proxies;

    ClientAddress(@Value("${sluice.trusted-proxies}") String proxies) {
        this.proxies = TrustedProxies.of(proxies);
    }

    /// The literal of an address.
    String of(ServerHttpRequest request) {
        return proxies.clientOf(request.getRemoteAddress(), request.getHeaders().getOrEmpty(TrustedProxies.HEADER));
    }
}
