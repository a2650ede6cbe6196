package dev.sluice.setting;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.setting.form.PastedText;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class BadSettingExceptionTest {
    @Test
    void hasACodeAndBothTextsInTwoLanguages() {
        var bad = new BadSettingException(SalesSettings.PRICE, GeneralFault.PRICE_TOO_LOW, "0.01");

        assertThat(bad.code()).isEqualTo("PRICE_TOO_LOW");
        assertThat(bad.wrong(Locale.ENGLISH)).isEqualTo("setting Price must be at least 0.01 yuan.");
        assertThat(bad.wrong(Locale.CHINESE)).isEqualTo("设置 Price 不能低于 0.01 元。");
        assertThat(bad.remedy(Locale.ENGLISH)).isEqualTo("Enter yuan per unit, for example 7.3.");
        assertThat(bad.text(Locale.ENGLISH)).isEqualTo(bad.wrong(Locale.ENGLISH) + " " + bad.remedy(Locale.ENGLISH));
        assertThat(bad.text(Locale.CHINESE)).isEqualTo(bad.wrong(Locale.CHINESE) + bad.remedy(Locale.CHINESE));
    }

    @Test
    void aFaultOfAFileHasACodeAndNoRemedyOfItsOwn() {
        var bad = new BadSettingException("the settings file x is not JSON: line 1");

        assertThat(bad.code()).isEqualTo("SETTINGS_UNUSABLE");
        assertThat(bad.setting()).isEmpty();
        assertThat(bad.remedy(Locale.CHINESE)).isEmpty();
        assertThat(bad.wrong(Locale.CHINESE)).isEqualTo(bad.getMessage());
    }

    /// A name comes from a request: it must not fill the log, nor begin a line of its own in it.
    @ParameterizedTest
    @ValueSource(strings = {"", "Pricey", "a\nERROR forged line", "a\r\nb", "a\u2028b", "\u202Eevil", "a\0b", "%s %d %n", "\uD800", "价格",
            "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "x😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
    void anUnknownNameIsRepeatedInOneShortLine(String name) {
        var bad = BadSettingException.unknown(name);

        assertThat(bad.code()).isEqualTo("UNKNOWN");
        assertThat(bad.setting()).isEmpty();
        for (String text : List.of(String.valueOf(bad.getMessage()), bad.text(Locale.CHINESE), bad.text(Locale.ENGLISH))) {
            assertThat(text).hasSizeLessThan(180).doesNotContain("\u2028", "\u202E");
            assertThat(PastedText.firstForbidden(text)).as("no line break, no half character").isEmpty();
        }
    }

    @Test
    void anUnknownNameOfUsualLengthIsRepeatedAsItIs() {
        String name = "x".repeat(40);

        assertThat(BadSettingException.unknown(name)).hasMessageStartingWith("setting " + name + " is unknown. ");
        assertThat(BadSettingException.unknown(name + "y")).hasMessageStartingWith("setting " + name + "… is unknown. ");
        assertThat(BadSettingException.unknown("价格 %s").text(Locale.CHINESE)).startsWith("设置 价格 %s 不是已知的设置。");
    }

    @Test
    void amongSeveralUsesEachFaultIsNamedOnceInOrder() {
        Runnable price = () -> {
            throw new BadSettingException(SalesSettings.PRICE, GeneralFault.MISSING);
        };
        Runnable address = () -> {
            throw new BadSettingException(SalesSettings.SERVER_ADDRESS, GeneralFault.MISSING);
        };

        assertThat(BadSettingException.among(price, () -> {}, address, price)).extracting(bad -> bad.setting().orElseThrow())
                .containsExactly(SalesSettings.PRICE, SalesSettings.SERVER_ADDRESS);
        assertThat(BadSettingException.among()).isEmpty();
        assertThatCode(() -> BadSettingException.among(() -> {
            throw new IllegalStateException("a fault of ours");
        })).as("is not swallowed").isInstanceOf(IllegalStateException.class);
    }

    /// An exception may be written by any library that carries it.
    @Test
    void canBeSerialised() {
        assertThatCode(() -> new ObjectOutputStream(new ByteArrayOutputStream())
                .writeObject(new BadSettingException(SalesSettings.PRICE, GeneralFault.MISSING))).doesNotThrowAnyException();
    }

    /// A text that no fault uses is left over from one that is gone.
    @Test
    void theBundlesHaveTheTextsOfTheFaultsAndNoOthers() {
        List<String> keys = Stream.of(GeneralFault.values()).flatMap(fault -> Stream.of(fault + ".wrong", fault + ".remedy")).toList();
        for (String language : List.of("zh", "en")) {
            ResourceBundle bundle = ResourceBundle.getBundle("dev.sluice.setting.messages", Locale.of(language),
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            assertThat(bundle.keySet()).as(language).containsExactlyInAnyOrderElementsOf(keys);
        }
    }
}
