package dev.sluice.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketExceptions.BucketExecutionException;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.event.UserId;
import dev.sluice.setting.TrustedProxies;

/// How often one user, and one address, may ask for a price or an order. The counts are kept in PostgreSQL, so all instances share them. An address may ask ten
/// times as often as a user: a whole company or campus has one, and its users must not keep each other out.
@Component
class RequestLimits {
    private static final BucketConfiguration OF_A_USER = perMinute(Limits.REQUESTS_OF_A_USER);
    private static final BucketConfiguration OF_AN_ADDRESS = perMinute(Limits.REQUESTS_OF_AN_ADDRESS);

    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
    private final Clock clock;
    /// Whoever was just refused is refused from memory until the time that it was told: a flood must not keep the database busy.
    private final Map<String, Refused> refusedLately = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Refused> eldest) {
            return size() > Limits.REFUSED_LATELY;
        }
    };

    private record Refused(Message message, Instant until) {}

    RequestLimits(DataSource dataSource, Clock clock) {
        this.clock = clock;
        this.buckets = Bucket4jPostgreSQL
                .selectForUpdateBasedBuilder(dataSource)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("orders.request_limit")
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Limits.FORGET_REQUESTS_AFTER))
                .requestTimeout(Limits.COUNT_WITHIN)
                .clientClock(new WallClock(clock))
                .build();
    }

    private static BucketConfiguration perMinute(long requests) {
        return BucketConfiguration.builder().addLimit(limit -> limit.capacity(requests).refillGreedy(requests, Duration.ofMinutes(1)))
                .build();
    }

    /// Counts a request, or says why not; one that is refused counts for nobody.
    ///
    /// @param address the literal of the caller's address
    /// @throws DataAccessResourceFailureException when the database is away
    Optional<Refusal> admit(UserId user, String address) {
        String userKey = "user:" + user.value();
        String addressKey = "address:" + TrustedProxies.countedAs(address);
        Optional<Refusal> again = refusedLately(userKey).or(() -> refusedLately(addressKey));
        if (again.isPresent()) {
            return again;
        }
        try {
            Bucket users = buckets.getProxy(userKey, () -> OF_A_USER);
            Optional<Refusal> refusal = consume(users, userKey, Message.TOO_MANY_REQUESTS);
            if (refusal.isPresent()) {
                return refusal;
            }
            refusal = consume(buckets.getProxy(addressKey, () -> OF_AN_ADDRESS), addressKey, Message.TOO_MANY_FROM_ADDRESS);
            if (refusal.isPresent()) {
                users.addTokens(1);
            }
            return refusal;
        } catch (BucketExecutionException e) {
            throw new DataAccessResourceFailureException("requests cannot be counted: " + e.getMessage(), e);
        }
    }

    private Optional<Refusal> consume(Bucket bucket, String key, Message message) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return Optional.empty();
        }
        Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
        synchronized (refusedLately) {
            refusedLately.put(key, new Refused(message, clock.instant().plus(wait)));
        }
        return Optional.of(Refusal.later(message, wait));
    }

    private Optional<Refusal> refusedLately(String key) {
        Instant now = clock.instant();
        synchronized (refusedLately) {
            Refused refused = refusedLately.get(key);
            if (refused == null || !refused.until().isAfter(now)) {
                refusedLately.remove(key);
                return Optional.empty();
            }
            return Optional.of(Refusal.later(refused.message(), Duration.between(now, refused.until())));
        }
    }

    /// Deletes the counts of those who have not asked lately.
    @Scheduled(fixedDelayString = "${sluice.limits.forget-every:1m}")
    void forget() {
        int forgotten = Limits.FORGOTTEN_AT_ONCE;
        for (int round = 0; round < Limits.FORGETTING_ROUNDS && forgotten == Limits.FORGOTTEN_AT_ONCE; round++) {
            forgotten = buckets.removeExpired(Limits.FORGOTTEN_AT_ONCE);
        }
    }
}
