package dev.sluice.log;

import java.time.Clock;
import java.util.List;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/// The log for an app: it writes as `spring.application.name`, and is healthy while the topics of `sluice.log.writes` take records.
/// That its followers run as well is added where there are views.
@AutoConfiguration
@ConditionalOnProperty("sluice.log.writes")
class EventLogAutoConfiguration {
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
    @ConditionalOnMissingBean(name = "kafkaHealthIndicator")
    HealthIndicator kafkaHealthIndicator(LogProbe log) {
        return () -> log.isReady() ? Health.up().build() : Health.down().build();
    }
}
