package dev.sluice.order;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import org.springframework.stereotype.Component;

import dev.sluice.event.UserId;
import dev.sluice.setting.TrustedProxies;

/// How often one user, and one address, may call this instance, for whatever. The counts are in memory, and each instance has its own: to
/// count a read in PostgreSQL would cost more than the read.
@Component
class CallLimits {
    private final TimeMeter time;
    /// Who called last; one that is forgotten may begin anew.
    private final Map<String, Bucket> callers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > Limits.CALLERS;
        }
    };

    CallLimits(Clock clock) {
        this.time = new WallClock(clock);
    }

    /// Counts a call of somebody who is signed in, or says why not.
    ///
    /// @param address the literal of the caller's address
    Optional<Refusal> admit(UserId user, String address) {
        return count("user:" + user.value(), Limits.CALLS_OF_A_USER, Message.TOO_MANY_REQUESTS).or(() -> admit(address));
    }

    /// Counts a call of anybody, or says why not.
    ///
    /// @param address the literal of the caller's address
    Optional<Refusal> admit(String address) {
        return count("address:" + TrustedProxies.countedAs(address), Limits.CALLS_OF_AN_ADDRESS, Message.TOO_MANY_FROM_ADDRESS);
    }

    private Optional<Refusal> count(String caller, long most, Message refusal) {
        Bucket bucket;
        synchronized (callers) {
            bucket = callers.computeIfAbsent(caller, _ -> perMinute(most));
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Optional.empty()
                : Optional.of(Refusal.later(refusal, Duration.ofNanos(probe.getNanosToWaitForRefill())));
    }

    private Bucket perMinute(long calls) {
        return Bucket.builder().withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(calls).refillGreedy(calls, Duration.ofMinutes(1))).build();
    }
}
