package dev.sluice.sandbox.alipay;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.TimeScale;

import static org.assertj.core.api.Assertions.assertThat;

class TimeoutTest {

    @ParameterizedTest
    @CsvSource({"1m, 60", "90m, 5400", "2h, 7200", "15d, 1296000"})
    void readsMinutesHoursAndDays(String text, long seconds) {
        assertThat(ends(text, 1)).isEqualTo(SettableClock.START.plusSeconds(seconds));
    }

    @Test
    void isShorterOnAFasterScale() {
        assertThat(ends("2h", 60)).isEqualTo(SettableClock.START.plusSeconds(120));
    }

    @Test
    void aDayEndsAtMidnightInBeijingOnAnyScale() {
        assertThat(ends("1c", 60)).isEqualTo(Instant.parse("2026-11-20T16:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0m", "1.5h", "90", "16d", "2c", "-1m", "1M", "99999d"})
    void refusesAnythingElse(String text) {
        assertThat(terms(1).end(text, SettableClock.START)).isEmpty();
    }

    private static Instant ends(String text, double factor) {
        return terms(factor).end(text, SettableClock.START).orElseThrow();
    }

    private static PrecreateTerms terms(double factor) {
        return new PrecreateTerms(AnyMerchant.properties(), new SettableClock(), new TimeScale(factor));
    }
}
