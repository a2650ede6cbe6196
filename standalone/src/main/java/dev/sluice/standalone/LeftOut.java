package dev.sluice.standalone;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.metrics.KafkaMetricsAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration;

/// The auto-configurations that an app must not get although this JVM has them on its class path for another app.
final class LeftOut {
    private static final List<Class<?>> SECURITY = List.of(SecurityAutoConfiguration.class,
            ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class,
            ReactiveWebSecurityAutoConfiguration.class, ReactiveOAuth2ResourceServerAutoConfiguration.class,
            ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class);
    private static final List<Class<?>> DATABASE = List.of(DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class, JdbcClientAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
            DataSourceHealthContributorAutoConfiguration.class, FlywayAutoConfiguration.class);
    private static final List<Class<?>> LISTENERS = List.of(KafkaAutoConfiguration.class, KafkaMetricsAutoConfiguration.class);

    private LeftOut() {}

    /// For an app that keeps no view and has no users.
    static Map<String, String> withoutView() {
        return excluded(Stream.of(SECURITY, DATABASE, LISTENERS));
    }

    private static Map<String, String> excluded(Stream<List<Class<?>>> lists) {
        return Map.of("spring.autoconfigure.exclude", lists.flatMap(List::stream).map(Class::getName).collect(Collectors.joining(",")));
    }
}
