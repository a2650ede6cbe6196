package dev.sluice.order.doctor;

import java.util.List;
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
        List<Object> arguments = List.of(numbered ? 7 : "words");

        assertThat(diagnosis.cause(Locale.CHINESE, arguments)).endsWith("。").isNotEqualTo(diagnosis.cause(Locale.ENGLISH, arguments));
        assertThat(diagnosis.cause(Locale.ENGLISH, arguments)).endsWith(".");
        assertThat(diagnosis.cause(Locale.FRENCH, arguments)).isEqualTo(diagnosis.cause(Locale.CHINESE, arguments));
        if (diagnosis.verdict() == Severity.FAILED || diagnosis.verdict() == Severity.WARNING) {
            assertThat(diagnosis.remedy(Locale.CHINESE)).endsWith("。");
            assertThat(diagnosis.remedy(Locale.ENGLISH)).endsWith(".");
        }
    }
}
