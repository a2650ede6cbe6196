package dev.sluice.order;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CreditDelayTest {
    @Test
    void isTheEndOfTheClassOfTheOrderAtThatPlace() {
        var delay = new CreditDelay(Map.of(0, 50L, 3, 49L, 9, 1L));

        assertThat(delay.within(0.5)).contains(Duration.ofSeconds(1));
        assertThat(delay.within(0.51)).contains(Duration.ofSeconds(5));
        assertThat(delay.within(0.99)).contains(Duration.ofSeconds(5));
        assertThat(delay.within(1)).contains(Duration.ofMinutes(30));
    }

    @Test
    void isUnknownWithoutOrdersAndBeyondTheLastClass() {
        assertThat(new CreditDelay(Map.of()).within(0.5)).isEmpty();
        assertThat(new CreditDelay(Map.of(CreditDelay.BOUNDS.size(), 1L)).within(0.5)).isEmpty();
    }
}
