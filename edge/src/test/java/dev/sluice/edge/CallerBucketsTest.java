package dev.sluice.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallerBucketsTest {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private Instant now = START;
    private final CallerBuckets buckets = new CallerBuckets(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }, 60, 100);

    @Test
    void countsEachCallerApart() {
        assertThat(taken("one", 100)).isEqualTo(60);
        assertThat(taken("other", 100)).isEqualTo(60);
    }

    @Test
    void refillsASixtiethASecond() {
        taken("one", 60);
        now = START.plusSeconds(2);

        assertThat(taken("one", 100)).isEqualTo(2);
    }

    @Test
    void aCallerWhoGoesOnIsNotForgotten() {
        for (int second = 0; second < 600; second++) {
            now = START.plusSeconds(second);
            taken("one", 5);
        }

        assertThat(taken("one", 100)).isZero();
    }

    @Test
    void aCallerWhoCallsOftenIsNotForcedOutByManyWhoCallOnce() {
        taken("one", 60);
        for (int i = 0; i < 10_000; i++) {
            taken("stranger " + i, 1);
            assertThat(taken("one", 1)).isZero();
        }
    }

    @Test
    void allShareOneBucketWhereThatIsTheLimit() {
        var all = CallerBuckets.ofAll(Clock.fixed(START, ZoneOffset.UTC), 600);

        assertThat(all.tryConsume(600)).isTrue();
        assertThat(all.tryConsume(1)).isFalse();
        assertThat(Duration.ofNanos(all.estimateAbilityToConsume(1).getNanosToWaitForRefill())).isEqualTo(Duration.ofMillis(100));
    }

    private long taken(String caller, int calls) {
        long taken = 0;
        for (int i = 0; i < calls; i++) {
            taken += buckets.of(caller).tryConsume(1) ? 1 : 0;
        }
        return taken;
    }
}
