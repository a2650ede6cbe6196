package dev.sluice.order;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PayloadsTest {
    @Test
    void namesAPollsOrdersInOneText() {
        assertThat(Payloads.of(List.of("A", "B", "C"))).containsExactly("A B C");
        assertThat(Payloads.of(List.of())).isEmpty();
    }

    /// PostgreSQL refuses a notification of 8,000 bytes, and with it the whole poll.
    @Test
    void namesManyOrdersInTextsThatPostgresTakes() {
        List<String> many = IntStream.range(0, 500).mapToObj("%064d"::formatted).toList();

        String[] payloads = Payloads.of(many);

        assertThat(payloads).hasSize(5).allSatisfy(payload -> assertThat(payload.length()).isLessThan(8000));
        assertThat(String.join(" ", payloads).split(" ")).containsExactlyElementsOf(many);
    }
}
