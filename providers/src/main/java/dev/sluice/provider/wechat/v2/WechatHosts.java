package dev.sluice.provider.wechat.v2;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// The order in which WeChat Pay's hosts are asked. When the first does not answer, each call would wait for it: so the host that answered is
/// asked first for half a minute. After that one call tries the order of the settings again, while the others stay.
final class WechatHosts {
    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(30);

    private final List<URI> hosts;
    private final Clock clock;
    private final AtomicReference<Preferred> preferred;

    WechatHosts(List<URI> hosts, Clock clock) {
        this.hosts = hosts;
        this.clock = clock;
        this.preferred = new AtomicReference<>(new Preferred(0, Instant.MIN));
    }

    /// @param until when the order of the settings is tried again
    private record Preferred(int host, Instant until) {}

    /// All of them, beginning with the one to ask first.
    List<URI> inTurn() {
        Preferred now = preferred.get();
        boolean isOver = !clock.instant().isBefore(now.until());
        if (now.host() == 0 || (isOver && preferred.compareAndSet(now, new Preferred(now.host(), next())))) {
            return hosts;
        }
        URI first = hosts.get(now.host());
        return Stream.concat(Stream.of(first), hosts.stream().filter(each -> !each.equals(first))).toList();
    }

    /// The host answered, whatever it was.
    void answered(URI host) {
        int index = hosts.indexOf(host);
        Preferred now = preferred.get();
        if (index != now.host()) {
            preferred.compareAndSet(now, new Preferred(index, next()));
        }
    }

    private Instant next() {
        return clock.instant().plus(REMEMBERED_FOR);
    }
}
