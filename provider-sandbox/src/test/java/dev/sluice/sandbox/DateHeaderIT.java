package dev.sluice.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DateHeaderIT {
    private static RunningSandbox sandbox;
    private static final Duration TICK = Duration.ofSeconds(10);

    @BeforeAll
    static void start() {
        sandbox = new RunningSandbox();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/gateway.do", "/pay/orderquery", "/wallet", "/livez", "/nowhere"})
    void everyResponseHasTheTime(String path) throws Exception {
        var dates = sandbox.get(path).headers().allValues("Date");

        assertThat(dates).singleElement().satisfies(date -> {
            Instant said = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            assertThat(Duration.between(said, Clock.systemUTC().instant()).abs()).isLessThan(TICK);
        });
    }
}
