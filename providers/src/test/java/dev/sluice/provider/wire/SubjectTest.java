package dev.sluice.provider.wire;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubjectTest {
    @Test
    void keepsAnOrdinarySubject() {
        assertThat(Subject.clean("AI服务充值")).isEqualTo("AI服务充值");
    }

    @Test
    void dropsWhatProvidersRefuse() {
        assertThat(Subject.clean("a/b=c&d\u0000\n")).isEqualTo("abcd");
    }

    @Test
    void cutsBetweenCharactersNotWithinThem() {
        String cut = Subject.clean("充".repeat(100));

        assertThat(cut).isEqualTo("充".repeat(42));
        assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(127);
        assertThat(Subject.clean("😀".repeat(100))).isEqualTo("😀".repeat(31));
    }
}
