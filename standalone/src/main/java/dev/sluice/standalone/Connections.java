package dev.sluice.standalone;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServer;

import dev.sluice.edge.TrustedProxies;

/// Counts the open connections of the public port. They share memory and file descriptors with the embedded broker, which halts without
/// them, so those beyond a limit are closed at once, and so is one that sends no request.
final class Connections {
    private static final AttributeKey<Boolean> REQUESTED = AttributeKey.valueOf("dev.sluice.requested");

    private final Limits limits;
    private final Predicate<InetSocketAddress> proxies;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

    /// @param all          open connections in all
    /// @param ofOneAddress those of one IPv4 address or IPv6 /64
    /// @param firstRequest how long a new connection may take to send its first request
    record Limits(int all, int ofOneAddress, Duration firstRequest) {
        static final Limits PUBLIC = new Limits(4_000, 200, Duration.ofSeconds(10));
    }

    /// @param proxies peers that stand for many callers, so that the limit of one address is not theirs
    Connections(Limits limits, Predicate<InetSocketAddress> proxies) {
        this.limits = limits;
        this.proxies = proxies;
    }

    /// @param proxies that may be on other machines; on this one, every peer may be a proxy
    static Connections of(TrustedProxies proxies) {
        return new Connections(Limits.PUBLIC, peer -> peer.getAddress().isLoopbackAddress() || proxies.trusts(peer));
    }

    HttpServer limit(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) -> opened(channel)).childObserve(this::observed);
    }

    private void opened(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            return;
        }
        String address = TrustedProxies.countedAs(peer.getAddress().getHostAddress());
        int all = open.incrementAndGet();
        int ofAddress = byAddress.merge(address, 1, Integer::sum);
        var _ = channel.closeFuture().addListener(_ -> {
            open.decrementAndGet();
            byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        });
        if (all > limits.all() || (ofAddress > limits.ofOneAddress() && !proxies.test(peer))) {
            var _ = channel.close();
            return;
        }
        var _ = channel.eventLoop().schedule(() -> {
            if (!channel.hasAttr(REQUESTED)) {
                var _ = channel.close();
            }
        }, limits.firstRequest().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void observed(Connection connection, ConnectionObserver.State state) {
        // HTTP calls a connection so when the head of a request has come; `REQUEST_RECEIVED` follows only after its answer.
        if (state.equals(ConnectionObserver.State.CONFIGURED)) {
            connection.channel().attr(REQUESTED).set(true);
        }
    }
}
