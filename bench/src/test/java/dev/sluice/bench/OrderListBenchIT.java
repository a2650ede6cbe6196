package dev.sluice.bench;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// That the benchmark runs and asks what it says; its figures are for a person to make.
class OrderListBenchIT {
    @Test
    void asksEveryFilterAndFindsWhatItLooksFor() {
        List<Figures> all = OrderListBench.run(20_000, 5, 1);

        assertThat(all).allSatisfy(figures -> {
            assertThat(figures.sorted()).as(figures.name()).hasSize(5).isSorted();
            boolean nothingIsThere = figures.name().matches(".*(unknown|none|nothing|too many).*");
            boolean mayBeNothing = figures.name().matches(".*(and|of a user).*");
            if (!mayBeNothing) {
                assertThat(figures.rows() == 0).as(figures.name()).isEqualTo(nothingIsThere);
            }
        });
    }
}
