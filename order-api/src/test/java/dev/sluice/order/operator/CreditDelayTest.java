package dev.sluice.order.operator;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.sluice.order.OrderRows;

import static org.assertj.core.api.Assertions.assertThat;

class CreditDelayTest {
    @Test
    void isTheEndOfTheClassOfTheOrderAtThatPlace() {
        var delay = new CreditDelay(Map.of(0, 50L, 3, 49L, 9, 1L));

        assertThat(delay.within(50)).contains(Duration.ofSeconds(1));
        assertThat(delay.within(51)).contains(Duration.ofSeconds(5));
        assertThat(delay.within(99)).contains(Duration.ofSeconds(5));
        assertThat(delay.within(100)).contains(Duration.ofMinutes(30));
    }

    @Test
    void isUnknownWithoutOrdersAndBeyondTheLastClass() {
        assertThat(new CreditDelay(Map.of()).within(50)).isEmpty();
        assertThat(new CreditDelay(Map.of(OrderRows.DELAYS.size(), 1L)).within(50)).isEmpty();
    }
}
