package dev.sluice.order;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.codec.xml.JacksonXmlEncoder;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.util.MimeType;
import org.springframework.util.backoff.FixedBackOff;
import org.springframework.web.reactive.accept.RequestedContentTypeResolverBuilder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.i18n.LocaleContextResolver;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.dataformat.xml.XmlMapper;

import dev.sluice.event.EventLog;
import dev.sluice.event.LogProbe;
import dev.sluice.event.Topic;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Settings;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class OrderConfiguration {
    private static final MimeType ASKED_FOR_BY_NOBODY = new MimeType("application", "x-nobody");

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Keyring keyring(@Value("${sluice.master-key}") String masterKey) {
        return Keyring.ofMasterKey(masterKey);
    }

    /// The log is needed first: opening it makes the topics.
    @Bean
    LiveSettings liveSettings(@Value("${spring.kafka.bootstrap-servers}") String bootstrapServers,
            @Value("${sluice.settings}") String file, Keyring keyring, EventLog log) {
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
    Doctor doctor(Clock clock) {
        return Doctor.of(clock);
    }

    @Bean
    Supplier<Shop> shop(LiveSettings settings) {
        return settings.making(Shop::from);
    }

    @Bean
    Supplier<Accounts> accounts(LiveSettings settings) {
        return settings.making(Accounts::from);
    }

    @Bean
    EventLog eventLog(@Value("${spring.kafka.bootstrap-servers}") String bootstrapServers, Clock clock) {
        Topic.ensureAll(bootstrapServers);
        return EventLog.connect(bootstrapServers, "order-api", clock);
    }

    @Bean
    LogProbe logProbe(@Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
        return LogProbe.connect(bootstrapServers, Topic.EVENTS, Topic.SETTINGS);
    }

    /// The log is there, and somebody here reads it.
    @Bean
    HealthIndicator kafkaHealthIndicator(LogProbe log, KafkaListenerEndpointRegistry listeners) {
        return () -> log.isThere() && listeners.getListenerContainers().stream().allMatch(MessageListenerContainer::isRunning)
                ? Health.up().build()
                : Health.down().build();
    }

    @Bean
    CommonErrorHandler errorHandler() {
        DefaultErrorHandler handler = new DefaultErrorHandler(
                new FixedBackOff(Limits.BETWEEN_TRIES.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
        // Without this, some kinds of exceptions would count as fatal and their records be skipped.
        handler.setClassifications(Map.of(), true);
        return handler;
    }

    /// An amount is a whole number and nothing else; a field that we do not know is a mistake that its sender wants to hear of.
    @Bean
    JsonMapperBuilderCustomizer strictNumbers() {
        return builder -> builder
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    /// Of the two languages that there are, the one that the caller would rather have.
    @Bean
    LocaleContextResolver localeContextResolver() {
        AcceptHeaderLocaleContextResolver resolver = new AcceptHeaderLocaleContextResolver();
        resolver.setSupportedLocales(List.of(Locale.CHINESE, Locale.ENGLISH));
        resolver.setDefaultLocale(Locale.CHINESE);
        return resolver;
    }

    /// Whatever callers say they accept, they get what there is: otherwise a request would be refused after it was carried out.
    @Bean
    WebFluxConfigurer whateverIsAccepted() {
        return new WebFluxConfigurer() {
            @Override
            public void configureContentTypeResolver(RequestedContentTypeResolverBuilder builder) {
                builder.fixedResolver(MediaType.ALL);
            }
        };
    }

    /// Jackson's XML is here for WeChat Pay, not for clients: its WebFlux encoder answers a browser's `Accept` with status 500.
    @Bean
    CodecCustomizer noXmlAnswers() {
        return codecs -> codecs.defaultCodecs().jacksonXmlEncoder(new JacksonXmlEncoder(XmlMapper.shared(), ASKED_FOR_BY_NOBODY));
    }
}
