package dev.sluice.sandbox.mischief;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MischiefsTest {
    private final Mischiefs mischiefs = new Mischiefs(AnyMerchant.properties("NEVER_TOLD", " SLOW_ANSWERS "));

    @Test
    void beginsWithWhatIsSet() {
        assertThat(mischiefs.of("T-1")).containsExactly(Mischief.NEVER_TOLD, Mischief.SLOW_ANSWERS);
        assertThat(new Mischiefs(AnyMerchant.properties()).of("T-1")).isEmpty();
    }

    @Test
    void refusesASettingItDoesNotKnowAndNamesThoseItKnows() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new Mischiefs(AnyMerchant.properties("NEVER_TOLD", "KINDNESS")))
                .withMessageStartingWith("sandbox.mischief")
                .withMessageContaining("TOLD_TWENTY_TIMES");
    }

    @Test
    void anOrdersOwnSetReplacesTheSetForAll() {
        assertThat(mischiefs.forOrder("T-1", List.of(Mischief.GARBAGE))).isTrue();
        assertThat(mischiefs.forOrder("T-2", List.of())).isTrue();

        assertThat(mischiefs.of("T-1")).containsExactly(Mischief.GARBAGE);
        assertThat(mischiefs.of("T-2")).isEmpty();
        assertThat(mischiefs.of("T-3")).contains(Mischief.NEVER_TOLD);

        mischiefs.forgetOrder("T-2");
        assertThat(mischiefs.of("T-2")).contains(Mischief.NEVER_TOLD);
    }

    @Test
    void endsAllAtOnce() {
        assertThat(mischiefs.forOrder("T-1", List.of(Mischief.GARBAGE))).isTrue();

        mischiefs.forgetAll();

        assertThat(mischiefs.of("T-1")).isEmpty();
        assertThat(mischiefs.of("T-2")).isEmpty();
    }

    @Test
    void remembersSoManyOrdersAndNoMore() {
        for (int n = 0; n < Mischiefs.MAX_ORDERS; n++) {
            assertThat(mischiefs.forOrder("T-" + n, List.of())).isTrue();
        }

        assertThat(mischiefs.forOrder("T-more", List.of())).isFalse();
        assertThat(mischiefs.forOrder("T-1", List.of(Mischief.GARBAGE))).isTrue();
        assertThat(mischiefs.of("T-more")).contains(Mischief.NEVER_TOLD);
    }
}
