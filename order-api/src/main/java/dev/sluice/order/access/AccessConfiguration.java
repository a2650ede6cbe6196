package dev.sluice.order.access;

import java.util.Set;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.edge.answer.Outages;
import dev.sluice.log.NotAppendedException;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    /// Nothing was promised to the caller of a request whose facts were not appended.
    @Bean
    Outages outages() {
        return new Outages(Set.of(NotAppendedException.class));
    }
}
