package dev.sluice.setting.form;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class PastedTextTest {
    private static final String KEY = "8934e7d15453e97507ef794cf7b0519d";

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "\n%s\r\n", "\t%s", "\u00A0%s\u3000", "\uFEFF%s", "\u200B%s\u200D", "\u202A%s\u202C", "\"%s\"",
            "'%s'",
            "`%s`", "“%s”", "‘%s’", "「%s」", " \" %s \" ", "\uFEFF\"%s\"\n"})
    void takesAwayWhatIsNoPartOfAKey(String around) {
        assertThat(PastedText.key(around.formatted(KEY))).isEqualTo(KEY);
    }

    /// What could be of the key stays: whoever reads it decides.
    @ParameterizedTest
    @ValueSource(strings = {"a b", "\"a", "a\"", "'a\"", "a\\nb", "\"\"a\"\"x", "-----BEGIN KEY-----\nabc\n-----END KEY-----"})
    void leavesTheRestAsItIs(String text) {
        assertThat(PastedText.key(text)).isEqualTo(text);
    }

    /// A request may be one long run of blanks: reading it must not keep a processor busy.
    @Test
    void aLongRunOfBlanksIsReadAtOnce() {
        String blanks = "x" + " ".repeat(200_000) + "y";

        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> assertThat(PastedText.key(blanks)).isEqualTo(blanks));
        assertThat(WebAddress.of(" ".repeat(200_000) + "https://x\u3000\u2028")).map(WebAddress::toString).contains("https://x");
    }

    @Test
    void nothingIsLeftOfNothing() {
        assertThat(PastedText.key("")).isEmpty();
        assertThat(PastedText.key(" \uFEFF\n")).isEmpty();
        assertThat(PastedText.key("\"\"")).isEmpty();
        assertThat(PastedText.key("\"")).isEqualTo("\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 9, 10, 13, 0x1F, 0x7F, 0x85, 0x9F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF})
    void namesWhatXmlCannotCarry(int character) {
        assertThat(PastedText.firstForbidden("AI" + Character.toString(character) + "\n")).hasValue(character);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AI服务充值", "充值 😀 👨‍👩‍👧", "a\u00A0b", "<>&\"'", "\uFFFD", "\uE000"})
    void allowsWhatXmlCanCarry(String text) {
        assertThat(PastedText.firstForbidden(text)).isEmpty();
    }
}
