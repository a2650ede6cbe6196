package dev.sluice.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FiguresTest {
    private final Figures figures = Figures.of("some", IntStream.rangeClosed(1, 200).mapToObj(i -> Duration.ofMillis(201 - i)).toList(),
            400);

    @Test
    void aPercentileIsWhatSoManyDidNotExceed() {
        assertThat(figures.percentile(50)).hasMillis(100);
        assertThat(figures.percentile(99)).hasMillis(198);
        assertThat(Figures.of("one", List.of(Duration.ofMillis(7)), 0).percentile(99)).hasMillis(7);
    }

    @Test
    void writesALineToCompare() {
        Figures twice = Figures.of("first page", List.of(Duration.ofMillis(50)), 1);

        assertThat(figures.line(twice).split(" +")).containsExactly("some", "100.0", "198.0", "200.0", "2.0", "2.00");
        assertThat(figures.line(twice)).hasSameSizeAs(Figures.header());
    }
}
