package dev.sluice.provider;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import dev.sluice.setting.Setting;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PaymentChannelsTest {
    private final PaymentChannels installed = PaymentChannels.installed();

    @Test
    void findsEachProviderByItsCode() {
        assertThat(installed.all()).extracting(PaymentChannel::provider).containsExactly(Providers.WECHAT, Providers.ALIPAY);
        assertThat(installed.find("alipay").map(PaymentChannel::provider)).contains(Providers.ALIPAY);
        assertThat(installed.find("stripe")).isEmpty();
        assertThat(installed.find("No/Code")).isEmpty();
    }

    @Test
    void refusesTwoWithOneCode() {
        PaymentChannel one = installed.all().getFirst();

        assertThatIllegalStateException().isThrownBy(() -> new PaymentChannels(List.of(one, one))).withMessageContaining("wechat");
    }

    @Test
    void theSettingsOfAllAreKnownByNameTheKeysBeforeIncluded() {
        assertThat(Setting.all()).extracting(Setting::label).doesNotHaveDuplicates().contains("Price", "WechatEnabled", "WechatApiV2Key",
                "WechatApiV2KeyPrevious", "AlipayPublicKeyPrevious").doesNotContain("AlipayPrivateKeyPrevious");
        installed.all().forEach(channel -> assertThat(Setting.all()).containsAll(channel.settings().all()));
    }

    @Test
    void eachHasANameAndTheDoctorsWordsInBothLanguages() {
        for (PaymentChannel channel : installed.all()) {
            Presentation shown = channel.presentation();
            assertThat(shown.name().in(Locale.CHINESE)).isNotBlank().isNotEqualTo(shown.name().in(Locale.ENGLISH));
            for (String finding : List.of("SIGNATURE_REFUSED", "ACCOUNT_REFUSED", "ANSWER_NOT_VERIFIED")) {
                for (Locale locale : List.of(Locale.CHINESE, Locale.ENGLISH)) {
                    assertThat(shown.texts().of(locale, finding + ".cause", "words")).isNotBlank().doesNotContain("%");
                    assertThat(shown.texts().of(locale, finding + ".remedy")).isNotBlank();
                }
            }
        }
    }
}
