package dev.sluice.order.redrive;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

import dev.sluice.log.letter.LetterTopic;

/// The dead letters, by the app's consumers.
@Configuration(proxyBeanMethods = false)
class RedriveConfiguration {
    @Bean
    LetterTopic letterTopic(ConsumerFactory<String, byte[]> consumers, Clock clock) {
        return new LetterTopic(consumers, clock);
    }
}
