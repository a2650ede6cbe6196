package dev.sluice.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.xml.JacksonXmlEncoder;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.util.MimeType;
import org.springframework.util.backoff.FixedBackOff;
import tools.jackson.dataformat.xml.XmlMapper;

import dev.sluice.event.EventLog;
import dev.sluice.event.LatePayment;
import dev.sluice.event.LogProbe;
import dev.sluice.event.Topic;
import dev.sluice.provider.alipay.AlipayMerchant;
import dev.sluice.provider.alipay.AlipayOrderClosing;
import dev.sluice.provider.alipay.AlipayPaymentQuery;
import dev.sluice.provider.wechat.WechatMerchant;
import dev.sluice.provider.wechat.WechatOrderClosing;
import dev.sluice.provider.wechat.WechatPaymentQuery;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ReconcilerConfiguration {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final MimeType ASKED_FOR_BY_NOBODY = new MimeType("application", "x-nobody");

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventLog eventLog(@Value("${spring.kafka.bootstrap-servers}") String bootstrapServers, Clock clock) {
        Topic.ensureAll(bootstrapServers);
        return EventLog.connect(bootstrapServers, "reconciler", clock);
    }

    @Bean
    LogProbe logProbe(@Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
        return LogProbe.connect(bootstrapServers, Topic.EVENTS, Topic.NOTIFICATIONS);
    }

    /// The log is there, and somebody here reads it.
    @Bean
    HealthIndicator kafkaHealthIndicator(LogProbe log, KafkaListenerEndpointRegistry listeners) {
        return () -> log.isThere() && listeners.getListenerContainers().stream().allMatch(MessageListenerContainer::isRunning)
                ? Health.up().build()
                : Health.down().build();
    }

    /// The log is needed first: opening it makes the topics.
    @Bean
    LiveSettings liveSettings(@Value("${spring.kafka.bootstrap-servers}") String bootstrapServers,
            @Value("${sluice.settings}") String file, @Value("${sluice.master-key}") String masterKey, EventLog log) {
        return LiveSettings.follow(bootstrapServers, Settings.bootstrap(file), Keyring.ofMasterKey(masterKey));
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
    Supplier<LatePayment> latePayment(LiveSettings live) {
        return live.making(settings -> LatePayment.valueOf(settings.text(Setting.LATE_PAYMENT).orElseThrow().toUpperCase(Locale.ROOT)));
    }

    /// A provider whose account is not set up cannot be asked. Switching a method off stops new orders only: what was placed is
    /// still asked for and closed.
    @Bean
    Supplier<Desks> desks(LiveSettings live) {
        return live.making(ReconcilerConfiguration::desksOf);
    }

    private static Desks desksOf(Settings settings) {
        Optional<Desk> wechat = settings.part(() -> WechatMerchant.from(settings))
                .map(merchant -> new Desk(new WechatPaymentQuery(merchant), new WechatOrderClosing(merchant)));
        Optional<Desk> alipay = settings.part(() -> AlipayMerchant.from(settings))
                .map(merchant -> new Desk(new AlipayPaymentQuery(merchant), new AlipayOrderClosing(merchant)));
        return new Desks(Stream.of(wechat, alipay).flatMap(Optional::stream).toList());
    }

    /// Jackson's XML is here for WeChat Pay, not for clients: its WebFlux encoder answers a browser's `Accept` with status 500.
    @Bean
    CodecCustomizer noXmlAnswers() {
        return codecs -> codecs.defaultCodecs().jacksonXmlEncoder(new JacksonXmlEncoder(XmlMapper.shared(), ASKED_FOR_BY_NOBODY));
    }

    /// Waits for whatever is away.
    @Bean
    CommonErrorHandler errorHandler() {
        DefaultErrorHandler handler = new DefaultErrorHandler(new FixedBackOff(BETWEEN_TRIES.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
        // Without this, some kinds of exceptions would count as fatal and their records be skipped.
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
