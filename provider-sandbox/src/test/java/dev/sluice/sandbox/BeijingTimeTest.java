package dev.sluice.sandbox;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BeijingTimeTest {
    private static final Instant EVENING_IN_LONDON = Instant.parse("2026-11-20T20:30:05Z");

    @Test
    void writesBeijingTimeWhateverTheZoneOfTheJvm() {
        assertThat(BeijingTime.COMPACT.write(EVENING_IN_LONDON)).isEqualTo("20261121043005");
        assertThat(BeijingTime.SPACED.write(EVENING_IN_LONDON)).isEqualTo("2026-11-21 04:30:05");
        assertThat(BeijingTime.DAY.write(EVENING_IN_LONDON)).isEqualTo("20261121");
    }

    @Test
    void readsWhatItWrote() {
        assertThat(BeijingTime.COMPACT.read("20261121043005")).contains(EVENING_IN_LONDON);
        assertThat(BeijingTime.SPACED.read("2026-11-21 04:30:05")).contains(EVENING_IN_LONDON);
    }

    @Test
    void refusesTimesThatDoNotExist() {
        assertThat(BeijingTime.COMPACT.read("20260230000000")).isEmpty();
        assertThat(BeijingTime.COMPACT.read("2026112104300")).isEmpty();
        assertThat(BeijingTime.SPACED.read("2026-11-21T04:30:05")).isEmpty();
    }

    @Test
    void aDayEndsAtMidnightInBeijing() {
        assertThat(BeijingTime.endOfDay(EVENING_IN_LONDON)).isEqualTo(Instant.parse("2026-11-21T16:00:00Z"));
    }
}
