package dev.sluice.sandbox.fault;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FaultInjectionTest {
    private final FaultInjection injection = new FaultInjection(AnyMerchant.properties("NEVER_NOTIFIED", " SLOW_RESPONSES "));

    @Test
    void beginsWithWhatIsSet() {
        assertThat(injection.of("T-1")).containsExactly(Fault.NEVER_NOTIFIED, Fault.SLOW_RESPONSES);
        assertThat(new FaultInjection(AnyMerchant.properties()).of("T-1")).isEmpty();
    }

    @Test
    void refusesASettingItDoesNotKnowAndNamesThoseItKnows() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new FaultInjection(AnyMerchant.properties("NEVER_NOTIFIED", "KINDNESS")))
                .withMessageStartingWith("sandbox.faults")
                .withMessageContaining("NOTIFIED_TWENTY_TIMES");
    }

    @Test
    void anOrdersOwnSetReplacesTheSetForAll() {
        assertThat(injection.setForOrder("T-1", List.of(Fault.GARBAGE))).isTrue();
        assertThat(injection.setForOrder("T-2", List.of())).isTrue();

        assertThat(injection.of("T-1")).containsExactly(Fault.GARBAGE);
        assertThat(injection.of("T-2")).isEmpty();
        assertThat(injection.of("T-3")).contains(Fault.NEVER_NOTIFIED);

        injection.resetOrder("T-2");
        assertThat(injection.of("T-2")).contains(Fault.NEVER_NOTIFIED);
    }

    @Test
    void endsAllAtOnce() {
        assertThat(injection.setForOrder("T-1", List.of(Fault.GARBAGE))).isTrue();

        injection.resetAll();

        assertThat(injection.of("T-1")).isEmpty();
        assertThat(injection.of("T-2")).isEmpty();
    }

    @Test
    void takesSoManyOrdersAndNoMore() {
        for (int n = 0; n < FaultInjection.MAX_ORDERS; n++) {
            assertThat(injection.setForOrder("T-" + n, List.of())).isTrue();
        }

        assertThat(injection.setForOrder("T-more", List.of())).isFalse();
        assertThat(injection.setForOrder("T-1", List.of(Fault.GARBAGE))).isTrue();
        assertThat(injection.of("T-more")).contains(Fault.NEVER_NOTIFIED);
    }
}
