package dev.sluice.setting.boot;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

import dev.sluice.log.EventLog;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Settings;

/// The live settings. An app whose keys open less than the master key's brings a [Keyring] of its own.
@AutoConfiguration(afterName = "dev.sluice.log.EventLogAutoConfiguration")
@ConditionalOnProperty("sluice.settings.file")
class SettingsAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Keyring keyring(@Value("${sluice.master-key}") String masterKey) {
        return Keyring.ofMasterKey(masterKey);
    }

    /// @param log needed first: opening it creates the topics
    @Bean
    LiveSettings liveSettings(KafkaCluster cluster, @Value("${sluice.settings.file}") String file,
            Keyring keyring,
            EventLog log) {
        return LiveSettings.follow(cluster, Settings.bootstrap(file), keyring);
    }

    @Bean
    HealthIndicator settingsHealthIndicator(LiveSettings settings) {
        return () -> settings.isReady() ? Health.up().build() : Health.down().build();
    }

    @Bean
    MeterBinder settingsMeter(LiveSettings settings) {
        return new SettingsMetrics(settings);
    }
}
