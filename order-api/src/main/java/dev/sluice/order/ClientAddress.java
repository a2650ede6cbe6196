package dev.sluice.order;

import java.net.InetSocketAddress;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

import dev.sluice.setting.TrustedProxies;

/// Where a request came from. What its headers say of that is believed of our own reverse proxies only.
@Component
class ClientAddress {
    private static final String HEADER = "X-Forwarded-For";
    /// What is not connected to anybody came from here.
    private static final String HERE = "127.0.0.1";

    private final TrustedProxies proxies;

    ClientAddress(@Value("${sluice.trusted-proxies}") String proxies) {
        this.proxies = TrustedProxies.of(proxies);
    }

    /// The literal of an address.
    String of(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        return peer == null ? HERE : proxies.clientOf(peer.getAddress(), request.getHeaders().getOrEmpty(HEADER));
    }
}
