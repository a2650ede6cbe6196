package dev.sluice.credit;

import java.util.Set;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.edge.answer.Outages;
import dev.sluice.log.NotAppendedException;

@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {
    @Bean
    Outages outages() {
        return new Outages(Set.of(NotAppendedException.class));
    }
}
