package dev.sluice.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

class SettingsTest {

    @Test
    void namesWhatIsMissing() {
        assertThat(complaint(Map.of())).startsWith("sandbox.wechat.app-id is missing");
        assertThat(complaint(Map.of("sandbox.wechat.app-id", "wx1", "sandbox.wechat.mch-id", "1")))
                .startsWith("sandbox.wechat.api-key is missing");
    }

    @Test
    void refusesAKeyOfTheWrongLengthWithoutShowingIt() {
        var settings = Map.of("sandbox.wechat.app-id", "wx1", "sandbox.wechat.mch-id", "1", "sandbox.wechat.api-key", "tooshort");

        assertThat(complaint(settings)).isEqualTo("sandbox.wechat.api-key must have 32 characters, it has 8");
    }

    @Test
    void refusesATimeThatStandsStill() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new SandboxProperties(
                        0, null, List.of(), "", AnyMerchant.properties().wechat(), AnyMerchant.properties().alipay()))
                .withMessageStartingWith("sandbox.time-scale");
    }

    @Test
    void readsFaultsWithCommasBetween() {
        var settings = new HashMap<>(Map.of(
                "sandbox.wechat.app-id", "wx1",
                "sandbox.wechat.mch-id", "1",
                "sandbox.wechat.api-key", AnyMerchant.API_KEY,
                "sandbox.alipay.app-id", "1",
                "sandbox.alipay.seller-id", "1",
                "sandbox.alipay.app-public-key", "key",
                "sandbox.alipay.private-key", "key"));
        assertThat(bound(settings).faults()).isEmpty();

        settings.put("sandbox.faults", "NEVER_NOTIFIED,GARBAGE");
        assertThat(bound(settings).faults()).containsExactly("NEVER_NOTIFIED", "GARBAGE");
    }

    @Test
    void doesNotPrintKeys() {
        assertThat(AnyMerchant.properties().toString())
                .doesNotContain(AnyMerchant.API_KEY)
                .doesNotContain(AnyMerchant.properties().alipay().privateKey());
    }

    @Test
    void failsAtStartWithThatOneLine() {
        var failure = new InvalidSettingException("sandbox.wechat.app-id is missing");

        var analysis = new InvalidSettingAnalyzer().analyze(new IllegalStateException(failure));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).isEqualTo("sandbox.wechat.app-id is missing");
    }

    private static String complaint(Map<String, String> settings) {
        Throwable thrown = catchThrowable(() -> bound(settings));
        while (thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        assertThat(thrown).isInstanceOf(InvalidSettingException.class);
        return String.valueOf(thrown.getMessage());
    }

    private static SandboxProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("sandbox", SandboxProperties.class);
    }
}
