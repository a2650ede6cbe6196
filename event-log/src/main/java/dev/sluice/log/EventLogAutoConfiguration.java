package dev.sluice.log;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

/// The log for an app: it writes as `spring.application.name`, and is healthy while the topics of `sluice.log.writes` take records and
/// its listeners run.
@AutoConfiguration(afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnProperty("sluice.log.writes")
class EventLogAutoConfiguration {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /// Creates the topics first: whatever else follows the log needs this bean.
    @Bean
    EventLog eventLog(@Value("${sluice.kafka}") String bootstrapServers, @Value("${spring.application.name}") String writer, Clock clock) {
        Topic.ensureAll(bootstrapServers);
        return EventLog.connect(bootstrapServers, writer, clock);
    }

    @Bean
    LogProbe logProbe(@Value("${sluice.kafka}") String bootstrapServers, @Value("${sluice.log.writes}") List<Topic> topics) {
        return LogProbe.connect(bootstrapServers, topics.toArray(Topic[]::new));
    }

    @Bean
    @ConditionalOnMissingBean(name = "kafkaHealthIndicator", type = "org.springframework.kafka.config.KafkaListenerEndpointRegistry")
    HealthIndicator kafkaHealthIndicator(LogProbe log) {
        return () -> log.isReady() ? Health.up().build() : Health.down().build();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(KafkaListenerEndpointRegistry.class)
    @ConditionalOnBean(KafkaListenerEndpointRegistry.class)
    static class ListenersConfiguration {
        @Bean
        @ConditionalOnMissingBean(name = "kafkaHealthIndicator")
        HealthIndicator kafkaHealthIndicator(LogProbe log, KafkaListenerEndpointRegistry listeners) {
            return () -> log.isReady() && listeners.getListenerContainers().stream().allMatch(MessageListenerContainer::isRunning)
                    ? Health.up().build()
                    : Health.down().build();
        }

        /// Waits for whatever is away, however long it takes: a skipped record is lost money.
        @Bean
        CommonErrorHandler errorHandler() {
            DefaultErrorHandler handler = new DefaultErrorHandler(
                    new FixedBackOff(BETWEEN_TRIES.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
            // Without this, some kinds of exceptions would count as fatal and their records be skipped.
            handler.setClassifications(Map.of(), true);
            return handler;
        }
    }
}
