package dev.sluice.notify;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.xml.JacksonXmlEncoder;
import org.springframework.util.MimeType;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.dataformat.xml.XmlMapper;

import dev.sluice.event.EventLog;
import dev.sluice.event.LogProbe;
import dev.sluice.event.Topic;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Settings;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {
    private static final MimeType ASKED_FOR_BY_NOBODY = new MimeType("application", "x-nobody");

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventLog eventLog(@Value("${sluice.kafka}") String bootstrapServers, Clock clock) {
        Topic.ensureAll(bootstrapServers);
        return EventLog.connect(bootstrapServers, "notify-gateway", clock);
    }

    @Bean
    LogProbe logProbe(@Value("${sluice.kafka}") String bootstrapServers) {
        return LogProbe.connect(bootstrapServers, Topic.EVENTS, Topic.NOTIFICATIONS);
    }

    /// Without the log nothing can be promised to a provider.
    @Bean
    HealthIndicator kafkaHealthIndicator(LogProbe log) {
        return () -> log.isThere() ? Health.up().build() : Health.down().build();
    }

    /// Of the secret settings it can open those that verify, whichever of the two keys it was given.
    @Bean
    Keyring keyring(@Value("${sluice.master-key}") String masterKey, @Value("${sluice.verifying-key}") String verifyingKey) {
        return Keyring.ofVerifyingKey(verifyingKey.isBlank() && !masterKey.isBlank() ? Keyring.verifyingKey(masterKey) : verifyingKey);
    }

    /// The log is needed first: opening it makes the topics.
    @Bean
    LiveSettings liveSettings(@Value("${sluice.kafka}") String bootstrapServers, @Value("${sluice.settings}") String file, Keyring keyring,
            EventLog log) {
        return LiveSettings.follow(bootstrapServers, Settings.bootstrap(file), keyring);
    }

    @Bean
    HealthIndicator settingsHealthIndicator(LiveSettings settings) {
        return () -> settings.isThere() ? Health.up().build() : Health.down().build();
    }

    @Bean
    MeterBinder settingsMeter(LiveSettings settings) {
        return meters -> Gauge.builder("sluice.settings.there", settings, each -> each.isThere() ? 1 : 0)
                .description("1 when what operators have set is known here, 0 when it is not").register(meters);
    }

    @Bean
    Supplier<Verifiers> verifiers(LiveSettings settings) {
        return settings.making(Verifiers::from);
    }

    /// Without a key there is nothing to tell our own probe by, and none is answered.
    @Bean
    ProbeKey probeKey(Keyring keyring) {
        return new ProbeKey(keyring.probeKey());
    }

    /// Where checking and appending happen: virtual threads, never the event loop.
    @Bean(destroyMethod = "dispose")
    Scheduler blockingWork() {
        return Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
    }

    /// Jackson's XML is here for WeChat Pay, not for clients: its WebFlux encoder answers a browser's `Accept` with status 500.
    @Bean
    CodecCustomizer noXmlAnswers() {
        return codecs -> codecs.defaultCodecs().jacksonXmlEncoder(new JacksonXmlEncoder(XmlMapper.shared(), ASKED_FOR_BY_NOBODY));
    }
}
