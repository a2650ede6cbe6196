package dev.sluice.sandbox;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebFilter;

/// Starts the sandbox on `SLUICE_PORT` (8090). [SandboxProperties] lists its settings.
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(SandboxProperties.class)
public final class ProviderSandbox {

    ProviderSandbox() {}

    /// The application with its own configuration file, so that it can share a JVM with other Spring Boot applications.
    public static SpringApplication application() {
        var application = new SpringApplication(ProviderSandbox.class);
        application.setDefaultProperties(Map.of("spring.config.name", "provider-sandbox"));
        return application;
    }

    /// Runs until the process is ended.
    public static void main(String[] args) {
        application().run(args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RandomGenerator randomGenerator() {
        return new SecureRandom();
    }

    /// Every response has the time, as the real gateways' have: merchants compare their clock with it.
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter dateHeader(Clock clock) {
        return (exchange, chain) -> {
            exchange.getResponse().getHeaders().setDate(clock.millis());
            return chain.filter(exchange);
        };
    }

    @Bean
    TimeScale timeScale(SandboxProperties properties) {
        return new TimeScale(properties.timeScale());
    }
}
