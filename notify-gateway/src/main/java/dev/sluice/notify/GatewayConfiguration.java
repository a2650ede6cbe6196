package dev.sluice.notify;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
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
import dev.sluice.provider.NotificationVerifier;
import dev.sluice.provider.alipay.AlipayNotificationVerifier;
import dev.sluice.provider.alipay.AlipayVerifying;
import dev.sluice.provider.wechat.WechatMerchant;
import dev.sluice.provider.wechat.WechatNotificationVerifier;
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
        return LogProbe.connect(bootstrapServers);
    }

    /// Without the log nothing can be promised to a provider.
    @Bean
    HealthIndicator kafkaHealthIndicator(LogProbe log) {
        return () -> log.isThere() ? Health.up().build() : Health.down().build();
    }

    /// A provider whose account is not set up has no verifier, and nothing is believed of it. Switching a method off
    /// (`WechatEnabled`) stops new orders only: what was paid is still verified.
    @Bean
    Verifiers verifiers(@Value("${sluice.settings}") Path settingsFile) {
        Settings settings = Settings.read(settingsFile);
        Optional<NotificationVerifier> wechat = WechatMerchant.from(settings).map(WechatNotificationVerifier::new);
        Optional<NotificationVerifier> alipay = AlipayVerifying.from(settings).map(AlipayNotificationVerifier::new);
        return new Verifiers(Stream.of(wechat, alipay).flatMap(Optional::stream).toList());
    }

    /// Without a master key there is nothing to tell our own probe by, and none is answered.
    @Bean
    @ConditionalOnMissingBean
    ProbeKey probeKey() {
        return ProbeKey.none();
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
