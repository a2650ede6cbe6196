package dev.sluice.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

import dev.sluice.event.Topic;

@Configuration(proxyBeanMethods = false)
class ReconcilerConfiguration {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /// Waits for whatever is away. The topics are there before the first listener starts.
    @Bean
    CommonErrorHandler errorHandler(@Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
        Topic.ensureAll(bootstrapServers);
        DefaultErrorHandler handler = new DefaultErrorHandler(new FixedBackOff(BETWEEN_TRIES.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
        // Without this, some kinds of exceptions would count as fatal and their records be skipped.
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
