package dev.sluice.order;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SupportCodeTest {
    private static final String NUMBER = "01M830QY68829T57P7RB2YQPZT";

    @Test
    void isTheEndOfTheNumberInTwoGroups() {
        assertThat(SupportCode.of(NUMBER)).hasToString("RB2Y-QPZT");
        assertThat(SupportCode.of("T-1")).hasToString("T-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RB2Y-QPZT", "rb2y qpzt", " rb2yqpzt ", "RB2Y - QPZT"})
    void isReadHoweverItIsWrittenDown(String text) {
        assertThat(SupportCode.read(text)).contains(SupportCode.of(NUMBER));
    }

    /// The numbers have no O, I and L, but people write them.
    @Test
    void readsTheLettersThatLookLikeDigits() {
        assertThat(SupportCode.read("o1il-ABCD").orElseThrow()).hasToString("0111-ABCD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RB2Y", "RB2Y-QPZ!", "01M830QY68829T57P7RB2YQPZT"})
    void nothingElseIsOne(String text) {
        assertThat(SupportCode.read(text)).isEmpty();
    }
}
