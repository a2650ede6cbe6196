package dev.sluice.text;

import java.util.Locale;
import java.util.MissingResourceException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TextsTest {
    private final Texts texts = Texts.beside(TextsTest.class);

    @ParameterizedTest
    @CsvSource({"en,ENGLISH", "en-GB,ENGLISH", "EN-us,ENGLISH", "zh,CHINESE", "zh-Hant-TW,CHINESE", "fr,CHINESE", "enm,CHINESE",
            "und,CHINESE", "'',CHINESE"})
    void isChineseUnlessTheReaderPrefersEnglish(String tag, Language language) {
        Locale locale = Locale.forLanguageTag(tag);

        assertThat(Language.of(locale)).isEqualTo(language);
        assertThat(texts.of(locale, "GREETING", "A")).isEqualTo(language.either("A 你好", "hello A"));
    }

    /// Whatever the language of the machine is.
    @Test
    void theMachinesLanguageDecidesNothing() {
        Locale before = Locale.getDefault();
        try {
            for (Locale machine : new Locale[]{Locale.ENGLISH, Locale.CHINA, Locale.GERMANY, Locale.forLanguageTag("ar-EG")}) {
                Locale.setDefault(machine);
                assertThat(texts.of(Locale.FRENCH, "GREETING", 1_234)).isEqualTo("1234 你好");
                assertThatThrownBy(() -> texts.of(Locale.ENGLISH, "ONLY_CHINESE")).isInstanceOf(MissingResourceException.class);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aTextWithinATextIsInTheSameLanguage() {
        LocalText world = locale -> Language.of(locale).either("世界", "world");

        assertThat(texts.of(Locale.ENGLISH, "GREETING", world)).isEqualTo("hello world");
        assertThat(texts.of(Locale.CHINESE, "GREETING", world)).isEqualTo("世界 你好");
    }

    @Test
    void aPercentSignOfAnArgumentIsNoFormat() {
        assertThat(texts.of(Locale.ENGLISH, "GREETING", "%d %n")).isEqualTo("hello %d %n");
        assertThat(texts.of(Locale.ENGLISH, "PLAIN")).isEqualTo("100%");
    }

    @Test
    void aMissingKeyIsAFault() {
        assertThatThrownBy(() -> texts.of(Locale.CHINESE, "ABSENT")).isInstanceOf(MissingResourceException.class)
                .hasMessageContaining("ABSENT");
    }
}
