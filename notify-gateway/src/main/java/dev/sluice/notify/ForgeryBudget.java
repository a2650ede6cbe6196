package dev.sluice.notify;

import java.time.Clock;

import io.github.bucket4j.Bucket;
import org.springframework.stereotype.Component;

import dev.sluice.edge.CallerBuckets;
import dev.sluice.edge.TrustedProxies;

/// Limits the bytes of forged notifications that are kept as evidence. Any caller can send them, and they must not fill a disk. Signed ones
/// are never limited.
@Component
class ForgeryBudget {
    private final Bucket all;
    private final CallerBuckets byAddress;

    ForgeryBudget(Clock clock) {
        this.all = CallerBuckets.ofAll(clock, Limits.FORGED_BYTES, Limits.DAY);
        this.byAddress = new CallerBuckets(clock, Limits.FORGED_BYTES_OF_AN_ADDRESS, Limits.DAY, Limits.FORGERS);
    }

    /// Spends the bytes of one more, if it is to be kept.
    ///
    /// @param address the literal of its sender's address
    boolean keepOneMore(String address, long bytes) {
        return byAddress.of(TrustedProxies.countedAs(address)).tryConsume(bytes) && all.tryConsume(bytes);
    }
}
