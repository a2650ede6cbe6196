package dev.sluice.notify;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.sluice.testing.StandingClock;

import static org.assertj.core.api.Assertions.assertThat;

class ForgedNotificationLimitTest {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private final StandingClock clock = new StandingClock(START);
    private final ForgedNotificationLimit forgeries = new ForgedNotificationLimit(clock);

    @Test
    void keepsSoManyOfAnAddressAMinute() {
        assertThat(keptOf("203.0.113.9", 1_000)).isEqualTo(Limits.FORGERIES_OF_AN_ADDRESS);
        assertThat(keptOf("203.0.113.10", 1)).as("of another address too").isEqualTo(1);

        clock.set(START.plusSeconds(1));
        assertThat(keptOf("203.0.113.9", 10)).isEqualTo(1);
        clock.set(START.plusSeconds(3_600));
        assertThat(keptOf("203.0.113.9", 1_000)).isEqualTo(Limits.FORGERIES_OF_AN_ADDRESS);
    }

    @Test
    void keepsSoManyOfAllTogetherHoweverManyAddressesForge() {
        long kept = 0;
        for (int i = 0; i < 3 * Limits.FORGERS; i++) {
            kept += keptOf("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 1);
        }

        assertThat(kept).isEqualTo(Limits.FORGERIES);
    }

    @Test
    void anIpv6CustomerIsOneAddress() {
        long kept = 0;
        for (int i = 0; i < 200; i++) {
            kept += keptOf("2001:db8:0:1:0:0:0:" + i, 1);
        }

        assertThat(kept).isEqualTo(Limits.FORGERIES_OF_AN_ADDRESS);
        assertThat(keptOf("2001:db8:0:2:0:0:0:1", 1)).isEqualTo(1);
    }

    private long keptOf(String address, int sent) {
        long kept = 0;
        for (int i = 0; i < sent; i++) {
            kept += forgeries.keepOneMore(address) ? 1 : 0;
        }
        return kept;
    }
}
