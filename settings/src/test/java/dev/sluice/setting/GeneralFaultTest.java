package dev.sluice.setting;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class GeneralFaultTest {
    @ParameterizedTest
    @EnumSource(GeneralFault.class)
    void saysWhatIsWrongAndWhatToDoInBothLanguages(GeneralFault fault) {
        for (Locale locale : new Locale[]{Locale.CHINESE, Locale.ENGLISH}) {
            assertThat(fault.wrong(locale, arguments(fault))).isNotBlank().doesNotContain("%");
            assertThat(fault.remedy(locale)).isNotBlank();
            assertThat(fault.text(locale, arguments(fault))).doesNotContain("\n").contains(fault.remedy(locale));
        }
        assertThat(fault.wrong(Locale.ENGLISH, arguments(fault))).isNotEqualTo(fault.wrong(Locale.CHINESE, arguments(fault)))
                .matches("(must|is|has|contains|cannot|makes) .*\\.");
        assertThat(fault.remedy(Locale.ENGLISH)).isNotEqualTo(fault.remedy(Locale.CHINESE));
        assertThat(fault.wrong(Locale.CHINESE, arguments(fault))).endsWith("。");
    }

    private static Object[] arguments(GeneralFault fault) {
        return switch (fault) {
            case NOT_TEXT, NAME_LENGTH -> new Object[]{1};
            case NOT_A_CHOICE, FORBIDDEN_CHARACTER, NOT_THE_PROVIDERS_HOST, PRICE_TOO_LOW -> new Object[]{"a"};
            case NOT_FACTORS, NOT_A_NUMBER, TOO_MUCH_QUOTA -> new Object[]{"a", 1};
            case OUT_OF_RANGE -> new Object[]{1, 2};
            default -> new Object[0];
        };
    }

    @Test
    void theExceptionNamesTheSettingInTheReadersLanguage() {
        var bad = new BadSettingException(SalesSettings.ORDER_EXPIRE_MINUTES, GeneralFault.OUT_OF_RANGE, 5, 120);

        assertThat(bad).hasMessage("setting OrderExpireMinutes must be from 5 to 120. Enter a whole number in that range.");
        assertThat(bad.text(Locale.UK)).isEqualTo(bad.getMessage());
        assertThat(bad.text(Locale.CHINA)).isEqualTo("设置 OrderExpireMinutes 须在 5 到 120 之间。请填写此范围内的整数。");
        assertThat(bad.text(Locale.FRENCH)).as("Chinese unless it is English").isEqualTo(bad.text(Locale.CHINESE));
        assertThat(bad.setting()).contains(SalesSettings.ORDER_EXPIRE_MINUTES);
        assertThat(bad.fault()).contains(GeneralFault.OUT_OF_RANGE);
    }

    @Test
    void aFileAsAWholeHasItsOwnWords() {
        var bad = new BadSettingException("the settings file is not JSON: line 2");

        assertThat(bad.text(Locale.ENGLISH)).isEqualTo(bad.getMessage());
        assertThat(bad.text(Locale.CHINESE)).isEqualTo(bad.getMessage());
        assertThat(bad.fault()).isEmpty();
    }
}
