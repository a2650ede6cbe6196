package dev.sluice.edge.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

import dev.sluice.edge.CallerBuckets;
import dev.sluice.edge.TrustedProxies;
import dev.sluice.edge.answer.AnswerCode;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;

/// The rate limits: how often one user ([Limits#CALLS_OF_A_USER]), one caller with a role ([Limits#CALLS_OF_A_ROLE]), one address
/// ([Limits#CALLS_OF_AN_ADDRESS]), and one address without a valid token ([Limits#CALLS_WITHOUT_TOKEN]) may call this instance, for whatever. The counts are in memory, and each instance has its
/// own: to count a read in PostgreSQL would cost more than the read.
public final class InstanceRateLimits {
    private final CallerBuckets users;
    private final CallerBuckets roles;
    private final CallerBuckets addresses;
    private final CallerBuckets strangers;

    public InstanceRateLimits(Clock clock) {
        this.users = new CallerBuckets(clock, Limits.CALLS_OF_A_USER, Limits.CALLERS);
        this.roles = new CallerBuckets(clock, Limits.CALLS_OF_A_ROLE, Limits.CALLERS);
        this.addresses = new CallerBuckets(clock, Limits.CALLS_OF_AN_ADDRESS, Limits.CALLERS);
        this.strangers = new CallerBuckets(clock, Limits.CALLS_WITHOUT_TOKEN, Limits.CALLERS);
    }

    /// Counts a call of a signed-in user, or returns the refusal.
    ///
    /// @param address the literal of the caller's address
    Optional<Refusal> admit(String user, String address) {
        Bucket calls = users.of(user);
        return count(calls, EdgeCode.TOO_MANY_REQUESTS).or(() -> {
            Optional<Refusal> refusal = count(addresses.of(TrustedProxies.countedAs(address)), EdgeCode.TOO_MANY_FROM_ADDRESS);
            // A refused call is not counted.
            refusal.ifPresent(_ -> calls.addTokens(1));
            return refusal;
        });
    }

    /// Counts a call of a caller with a role, or returns the refusal. Such callers are few and known, and not counted by their addresses.
    Optional<Refusal> admitRole(String caller) {
        return count(roles.of(caller), EdgeCode.TOO_MANY_REQUESTS);
    }

    /// Counts a call without a valid token, apart from the calls of users at the same address, or returns the refusal.
    ///
    /// @param address the literal of the caller's address
    public Optional<Refusal> admitStranger(String address) {
        return count(strangers.of(TrustedProxies.countedAs(address)), EdgeCode.TOO_MANY_FROM_ADDRESS);
    }

    private static Optional<Refusal> count(Bucket bucket, AnswerCode refusal) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Optional.empty()
                : Optional.of(Refusal.later(refusal, Duration.ofNanos(probe.getNanosToWaitForRefill())));
    }
}
