package dev.sluice.provider.wire;

import java.time.DateTimeException;
import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("zone")
class BeijingTimeTest {
    private static final Instant INSTANT = Instant.parse("2026-11-22T20:30:05Z");

    @Test
    void isEightHoursAheadWhateverTheZoneOfTheMachine() {
        assertThat(BeijingTime.COMPACT.write(INSTANT)).isEqualTo("20261123043005");
        assertThat(BeijingTime.SPACED.write(INSTANT)).isEqualTo("2026-11-23 04:30:05");
    }

    @Test
    void readsWhatItWrites() {
        assertThat(BeijingTime.COMPACT.read("20261123043005")).isEqualTo(INSTANT);
        assertThat(BeijingTime.SPACED.read("2026-11-23 04:30:05")).isEqualTo(INSTANT);
    }

    @Test
    void aDayBeginsAtMidnightInBeijing() {
        var monday = new BeijingTime.Day(Instant.parse("2026-11-22T16:00:00Z"), Instant.parse("2026-11-23T16:00:00Z"));

        assertThat(BeijingTime.dayOf(INSTANT)).isEqualTo(monday);
        assertThat(BeijingTime.dayOf(monday.start())).isEqualTo(monday);
        assertThat(BeijingTime.dayOf(monday.end().minusNanos(1))).isEqualTo(monday);
        assertThat(BeijingTime.dayOf(monday.end()).start()).isEqualTo(monday.end());
    }

    @Test
    void refusesATimeThatIsNone() {
        assertThatThrownBy(() -> BeijingTime.COMPACT.read("20260230000000")).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> BeijingTime.SPACED.read("")).isInstanceOf(DateTimeException.class);
    }
}
