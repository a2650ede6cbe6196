package dev.sluice.order.access;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import org.springframework.stereotype.Component;

import dev.sluice.edge.TrustedProxies;
import dev.sluice.edge.WallClock;
import dev.sluice.event.value.UserId;
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.Refusal;

/// How often one user, and one address, may call this instance, for whatever. The counts are in memory, and each instance has its own: to
/// count a read in PostgreSQL would cost more than the read.
@Component
class InstanceRateLimits {
    private final TimeMeter time;
    private final Map<String, Bucket> users = new LastCallers();
    private final Map<String, Bucket> addresses = new LastCallers();

    /// Who called last; one that is forgotten may begin anew.
    private static final class LastCallers extends LinkedHashMap<String, Bucket> {
        LastCallers() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > Limits.CALLERS;
        }
    }

    InstanceRateLimits(Clock clock) {
        this.time = new WallClock(clock);
    }

    /// Counts a call of somebody who is signed in, or says why not.
    ///
    /// @param address the literal of the caller's address
    Optional<Refusal> admit(UserId user, String address) {
        Bucket calls = bucket(users, user.value(), Limits.CALLS_OF_A_USER);
        return count(calls, AnswerCode.TOO_MANY_REQUESTS).or(() -> {
            Optional<Refusal> refusal = admit(address);
            // What is refused counts for nobody.
            refusal.ifPresent(_ -> calls.addTokens(1));
            return refusal;
        });
    }

    /// Counts a call of anybody, or says why not.
    ///
    /// @param address the literal of the caller's address
    Optional<Refusal> admit(String address) {
        Bucket calls = bucket(addresses, TrustedProxies.countedAs(address), Limits.CALLS_OF_AN_ADDRESS);
        return count(calls, AnswerCode.TOO_MANY_FROM_ADDRESS);
    }

    private Bucket bucket(Map<String, Bucket> callers, String caller, long most) {
        synchronized (callers) {
            return callers.computeIfAbsent(caller, _ -> perMinute(most));
        }
    }

    private static Optional<Refusal> count(Bucket bucket, AnswerCode refusal) {
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
