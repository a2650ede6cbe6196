package dev.sluice.notify;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import org.springframework.stereotype.Component;

import dev.sluice.edge.TrustedProxies;

/// How many forged notices are kept as evidence. Anybody can send them, and they must fill no topic; a genuine one never comes here.
@Component
class ForgedNotificationLimit {
    private final TimeMeter time;
    private final Bucket all;
    /// The addresses that forged last; one that is forgotten may begin anew, within the limit of all.
    private final Map<String, Bucket> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > Limits.FORGERS;
        }
    };

    ForgedNotificationLimit(Clock clock) {
        this.time = new WallClock(clock);
        this.all = perMinute(Limits.FORGERIES);
    }

    private record WallClock(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return Math.multiplyExact(clock.millis(), 1_000_000L);
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    private Bucket perMinute(long notices) {
        return Bucket.builder().withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(notices).refillGreedy(notices, Duration.ofMinutes(1))).build();
    }

    /// Counts one more, if it is to be kept.
    ///
    /// @param address the literal of its sender's address
    boolean keepOneMore(String address) {
        Bucket ofAddress;
        synchronized (byAddress) {
            ofAddress = byAddress.computeIfAbsent(TrustedProxies.countedAs(address), _ -> perMinute(Limits.FORGERIES_OF_AN_ADDRESS));
        }
        return ofAddress.tryConsume(1) && all.tryConsume(1);
    }
}
