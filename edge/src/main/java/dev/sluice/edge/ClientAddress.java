package dev.sluice.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// The address that a request came from. Its headers count only when one of our own reverse proxies wrote them.
public final class ClientAddress {
    private static final Logger LOG = LoggerFactory.getLogger(ClientAddress.class);
    /// Any caller can write the header, and none may fill the log by it.
    private static final Duration BETWEEN_WARNINGS = Duration.ofHours(1);

    private final TrustedProxies proxies;
    private final Clock clock;
    private final AtomicReference<Instant> nextWarning = new AtomicReference<>(Instant.MIN);

    /// @param proxies the reverse proxies whose headers count
    public ClientAddress(TrustedProxies proxies, Clock clock) {
        this.proxies = proxies;
        this.clock = clock;
    }

    /// The address as a literal.
    public String of(ServerHttpRequest request) {
        List<String> forwardedFor = request.getHeaders().getOrEmpty(TrustedProxies.HEADER);
        if (!forwardedFor.isEmpty() && !proxies.trusts(request.getRemoteAddress())) {
            warn(request);
        }
        return proxies.clientOf(request.getRemoteAddress(), forwardedFor);
    }

    /// A proxy that is not named makes one caller of all users, and they use up its limits together.
    private void warn(ServerHttpRequest request) {
        Instant now = clock.instant();
        Instant next = nextWarning.get();
        if (!now.isBefore(next) && nextWarning.compareAndSet(next, now.plus(BETWEEN_WARNINGS))) {
            LOG.atWarn().addKeyValue("peer", proxies.clientOf(request.getRemoteAddress(), List.of()))
                    .log(TrustedProxies.HEADER
                            + " of a peer that is not trusted was ignored; if the peer is your reverse proxy, name it in "
                            + TrustedProxies.VARIABLE);
        }
    }
}
