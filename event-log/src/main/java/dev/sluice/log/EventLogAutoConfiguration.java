package dev.sluice.log;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.log.cluster.KafkaCluster;

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

    @Bean
    KafkaCluster kafkaCluster(@Value("${sluice.kafka.servers}") String bootstrapServers,
            @Value("${sluice.kafka.properties}") String propertiesFile, @Value("${sluice.kafka.replication}") String replication,
            @Value("${sluice.kafka.partitions}") String partitions) {
        return KafkaCluster.of(bootstrapServers, propertiesFile, replication, partitions);
    }

    /// Creates and checks the topics first: whatever else follows the log needs this bean.
    @Bean
    EventLog eventLog(KafkaCluster cluster, @Value("${spring.application.name}") String writer, Clock clock) {
        Topic.ensureAll(cluster);
        return EventLog.connect(cluster, writer, clock);
    }

    @Bean
    LogProbe logProbe(KafkaCluster cluster, @Value("${sluice.log.writes}") List<Topic> topics) {
        return LogProbe.connect(cluster, topics.toArray(Topic[]::new));
    }

    @Bean
    @ConditionalOnMissingBean(name = "kafkaHealthIndicator")
    HealthIndicator kafkaHealthIndicator(LogProbe log) {
        return () -> log.isReady() ? Health.up().build() : Health.down().build();
    }

    @ConditionalOnClass(MeterBinder.class)
    @Configuration(proxyBeanMethods = false)
    static class Meters {
        @Bean
        MeterBinder logMeter(LogProbe probe) {
            return meters -> Gauge.builder("sluice.log.partitions.without.quorum", probe, LogProbe::withoutQuorum)
                    .description("Partitions of the topics that this app writes that take no records").register(meters);
        }
    }

    /// For the app that takes new orders.
    @ConditionalOnClass(MeterBinder.class)
    @ConditionalOnProperty("sluice.log.disk.reserve")
    @Configuration(proxyBeanMethods = false)
    static class Disk {
        @Bean
        DiskSpace diskSpace(KafkaCluster cluster, @Value("${sluice.log.disk.folder}") String folder,
                @Value("${sluice.log.disk.reserve}") String reserve) {
            return DiskSpace.connect(cluster, folder, reserve);
        }

        @Bean
        MeterBinder diskMeters(DiskSpace space) {
            return meters -> {
                Gauge.builder("sluice.disk.usable.bytes", space, DiskSpace::usableBytes)
                        .description("What is left on the fullest disk that holds the log").register(meters);
                Gauge.builder("sluice.disk.reserve.bytes", space, DiskSpace::reserveBytes)
                        .description("With less left no new orders are placed").register(meters);
            };
        }
    }

    /// The consumers that Boot makes log in as all others do.
    @ConditionalOnClass(DefaultKafkaConsumerFactoryCustomizer.class)
    @Configuration(proxyBeanMethods = false)
    static class Consumers {
        @Bean
        DefaultKafkaConsumerFactoryCustomizer consumersLogIn(KafkaCluster cluster) {
            return factory -> factory.updateConfigs(cluster.properties(Map.of()));
        }
    }
}
