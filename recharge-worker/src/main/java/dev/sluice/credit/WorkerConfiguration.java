package dev.sluice.credit;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.util.backoff.FixedBackOff;

import dev.sluice.event.EventLog;
import dev.sluice.event.LogProbe;
import dev.sluice.event.Topic;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class WorkerConfiguration {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventLog eventLog(@Value("${spring.kafka.bootstrap-servers}") String bootstrapServers, Clock clock) {
        Topic.ensureAll(bootstrapServers);
        return EventLog.connect(bootstrapServers, "recharge-worker", clock);
    }

    @Bean
    LogProbe logProbe(@Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
        return LogProbe.connect(bootstrapServers, Topic.EVENTS, Topic.DEAD_LETTERS);
    }

    /// The log is there, and somebody here reads it.
    @Bean
    HealthIndicator kafkaHealthIndicator(LogProbe log, KafkaListenerEndpointRegistry listeners) {
        return () -> log.isThere() && listeners.getListenerContainers().stream().allMatch(MessageListenerContainer::isRunning)
                ? Health.up().build()
                : Health.down().build();
    }

    /// Waits for whatever is away, however long it takes: a skipped record is lost money.
    @Bean
    CommonErrorHandler errorHandler() {
        DefaultErrorHandler handler = new DefaultErrorHandler(new FixedBackOff(BETWEEN_TRIES.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
        // Without this, some kinds of exceptions would count as fatal and their records be skipped.
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
