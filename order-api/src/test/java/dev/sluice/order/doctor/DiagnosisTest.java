package dev.sluice.order.doctor;

import java.util.Locale;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sluice.order.doctor.CheckResult.Severity;

import static org.assertj.core.api.Assertions.assertThat;

class DiagnosisTest {
    @ParameterizedTest
    @EnumSource(Diagnosis.class)
    void hasItsWordsInBothLanguagesAndARemedyWhenItIsBad(Diagnosis diagnosis) {
        // Where the words name a number they get one.
        boolean numbered = diagnosis.name().startsWith("CLOCK")
                || (diagnosis.name().startsWith("NOTICES") && diagnosis != Diagnosis.NOTICES_REDIRECTED);
        Diagnosis.Found found = diagnosis.with(numbered ? 7 : "words");

        assertThat(found.cause().in(Locale.CHINESE)).endsWith("。").isNotEqualTo(found.cause().in(Locale.ENGLISH));
        assertThat(found.cause().in(Locale.ENGLISH)).endsWith(".");
        assertThat(found.cause().in(Locale.FRENCH)).isEqualTo(found.cause().in(Locale.CHINESE));
        if (diagnosis.verdict() == Severity.FAILED || diagnosis.verdict() == Severity.WARNING) {
            assertThat(found.remedy().in(Locale.CHINESE)).endsWith("。");
            assertThat(found.remedy().in(Locale.ENGLISH)).endsWith(".");
        }
    }
}
