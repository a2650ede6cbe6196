package dev.sluice.log.follow;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.transaction.PlatformTransactionManager;

import dev.sluice.log.EventLog;
import dev.sluice.log.LogProbe;
import dev.sluice.log.Topic;
import dev.sluice.log.letter.DeadLetters;
import dev.sluice.log.position.Positions;

/// A follower for each view of an app. The app is healthy while the topics that it writes take records and its followers run.
@AutoConfiguration(beforeName = "dev.sluice.log.EventLogAutoConfiguration")
@ConditionalOnClass({ConcurrentMessageListenerContainer.class, JdbcClient.class})
@ConditionalOnBean(View.class)
class FollowAutoConfiguration {
    private static final Duration AFTER_REFUSED_LOGIN = Duration.ofSeconds(5);

    @Bean
    @ConditionalOnMissingBean
    ViewDatabase viewDatabase(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new ViewDatabase(jdbc, transactions);
    }

    @Bean
    Followers followers(List<View> views, ConsumerFactory<String, byte[]> consumers, ViewDatabase database, EventLog log,
            MeterRegistry meters, Clock clock) {
        DeadLetters deadLetters = new DeadLetters(consumers, log, meters, clock);
        return new Followers(views.stream().map(view -> {
            deadLetters.counter(view.name());
            Positions positions = new Positions(database.jdbc(), view.name(), view.schema());
            Assignment assignment = new Assignment(view, positions, deadLetters, clock);
            Booking booking = new Booking(view, positions, new Refusals(clock), deadLetters, database.transactions());
            return container(view, consumers, new Follower(view, booking, assignment, meters), assignment);
        }).toList());
    }

    private static ConcurrentMessageListenerContainer<String, byte[]> container(View view, ConsumerFactory<String, byte[]> consumers,
            Follower follower, Assignment assignment) {
        var properties = new ContainerProperties(view.topics().stream().map(Topic::topicName).toArray(String[]::new));
        properties.setGroupId("sluice-" + view.name());
        properties.setClientId("sluice-" + view.name());
        properties.setMessageListener(follower);
        properties.setConsumerRebalanceListener(assignment);
        // The follower commits by itself, and nothing is read from there.
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setAssignmentCommitOption(ContainerProperties.AssignmentCommitOption.NEVER);
        properties.setAuthExceptionRetryInterval(AFTER_REFUSED_LOGIN);
        properties.setPollTimeout(Limits.POLL_WITHIN.toMillis());
        properties.setIdleEventInterval(Limits.POLL_WITHIN.toMillis());
        properties.setIdleBeforeDataMultiplier(1);
        Properties own = new Properties();
        // A position that the log does not have is an alarm, not a reason to read from anywhere else.
        own.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        own.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // A topic that is away for a moment must not come back with another number of partitions.
        own.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.setKafkaConsumerProperties(own);
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName(view.name());
        container.setCommonErrorHandler(follower);
        container.setApplicationEventPublisher(follower);
        return container;
    }

    @Bean
    HealthIndicator kafkaHealthIndicator(LogProbe log, Followers followers) {
        return () -> log.isReady() && followers.allRun() ? Health.up().build() : Health.down().build();
    }
}
