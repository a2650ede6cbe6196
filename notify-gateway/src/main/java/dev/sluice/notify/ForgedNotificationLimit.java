package dev.sluice.notify;

import java.time.Clock;

import io.github.bucket4j.Bucket;
import org.springframework.stereotype.Component;

import dev.sluice.edge.CallerBuckets;
import dev.sluice.edge.TrustedProxies;

/// Limits the forged notifications that are kept as evidence. Any caller can send them, and they must not fill a topic. Genuine ones are
/// never limited.
@Component
class ForgedNotificationLimit {
    private final Bucket all;
    private final CallerBuckets byAddress;

    ForgedNotificationLimit(Clock clock) {
        this.all = CallerBuckets.ofAll(clock, Limits.FORGERIES);
        this.byAddress = new CallerBuckets(clock, Limits.FORGERIES_OF_AN_ADDRESS, Limits.FORGERS);
    }

    /// Counts one more, if it is to be kept.
    ///
    /// @param address the literal of its sender's address
    boolean keepOneMore(String address) {
        return byAddress.of(TrustedProxies.countedAs(address)).tryConsume(1) && all.tryConsume(1);
    }
}
