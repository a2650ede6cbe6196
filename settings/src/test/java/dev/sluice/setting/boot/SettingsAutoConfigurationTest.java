package dev.sluice.setting.boot;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.GeneralFault;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.SalesSettings;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsAutoConfigurationTest {
    private final ApplicationContextRunner app = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SettingsAutoConfiguration.class));

    /// An app without settings opens no topic and needs no key.
    @Test
    void anAppWithoutSettingsHasNone() {
        app.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LiveSettings.class).doesNotHaveBean(Keyring.class));
    }

    @Test
    void aMalformedMasterKeyEndsTheStartBeforeAnythingIsConnectedAndIsNotRepeated() {
        app.withPropertyValues("sluice.settings.file=", "sluice.master-key=s3cret").run(context -> assertThat(context).hasFailed()
                .getFailure().rootCause().isInstanceOf(BadSettingException.class).hasMessageStartingWith("SLUICE_MASTER_KEY must be")
                .hasMessageNotContaining("s3cret"));
    }

    /// In place of a stack trace.
    @Test
    void aBadSettingIsReportedWithItsOwnLineAndWhereToCorrectIt() {
        var bad = new BadSettingException(SalesSettings.PRICE, GeneralFault.PRICE_TOO_LOW, "0.01");

        var report = new BadSettingAnalyzer().analyze(new IllegalStateException("a bean cannot be made", bad));

        assertThat(report).isNotNull();
        assertThat(report.getDescription()).isEqualTo("setting Price must be at least 0.01 yuan. Enter yuan per unit, for example 7.3.");
        assertThat(report.getAction()).contains("environment", "SLUICE_SETTINGS");
        assertThat(report.getCause()).isSameAs(bad);
    }
}
