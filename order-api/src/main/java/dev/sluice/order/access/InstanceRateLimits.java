package dev.sluice.order.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import org.springframework.stereotype.Component;

import dev.sluice.edge.CallerBuckets;
import dev.sluice.edge.TrustedProxies;
import dev.sluice.event.value.UserId;
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.Refusal;

/// How often one user, and one address, may call this instance, for whatever. The counts are in memory, and each instance has its own: to
/// count a read in PostgreSQL would cost more than the read.
@Component
class InstanceRateLimits {
    private final CallerBuckets users;
    private final CallerBuckets addresses;

    InstanceRateLimits(Clock clock) {
        this.users = new CallerBuckets(clock, Limits.CALLS_OF_A_USER, Limits.CALLERS);
        this.addresses = new CallerBuckets(clock, Limits.CALLS_OF_AN_ADDRESS, Limits.CALLERS);
    }

    /// Counts a call of a signed-in user, or returns the refusal.
    ///
    /// @param address the literal of the caller's address
    Optional<Refusal> admit(UserId user, String address) {
        Bucket calls = users.of(user.value());
        return count(calls, AnswerCode.TOO_MANY_REQUESTS).or(() -> {
            Optional<Refusal> refusal = admit(address);
            // A refused call is not counted.
            refusal.ifPresent(_ -> calls.addTokens(1));
            return refusal;
        });
    }

    /// Counts a call from an address, or returns the refusal.
    ///
    /// @param address the literal of the caller's address
    Optional<Refusal> admit(String address) {
        return count(addresses.of(TrustedProxies.countedAs(address)), AnswerCode.TOO_MANY_FROM_ADDRESS);
    }

    private static Optional<Refusal> count(Bucket bucket, AnswerCode refusal) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Optional.empty()
                : Optional.of(Refusal.later(refusal, Duration.ofNanos(probe.getNanosToWaitForRefill())));
    }
}
