package dev.sluice.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AppendedNotificationsTest {
    private final SteppingClock clock = new SteppingClock();
    private final AppendedNotifications appended = new AppendedNotifications(clock);
    private final AtomicInteger appends = new AtomicInteger();

    /// A genuine notification, sent again every minute for a month: an append in three days.
    @Test
    void appendsARepetitionRarelyHoweverLongItGoesOn() {
        for (int minute = 0; minute < 30 * 24 * 60; minute++) {
            appended.appendOnce("N", appends::incrementAndGet);
            clock.step(Duration.ofMinutes(1));
        }

        assertThat(appends).hasValue(10);
    }

    @Test
    void appendsAgainWhatWasNotAppended() {
        assertThatThrownBy(() -> appended.appendOnce("N", () -> {
            throw new IllegalStateException("away");
        })).isInstanceOf(IllegalStateException.class);

        assertThat(appended.appendOnce("N", appends::incrementAndGet)).isTrue();
        assertThat(appended.appendOnce("N", appends::incrementAndGet)).isFalse();
        assertThat(appended.appendOnce("M", appends::incrementAndGet)).isTrue();
    }

    private static final class SteppingClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T20:00:00Z");

        void step(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
