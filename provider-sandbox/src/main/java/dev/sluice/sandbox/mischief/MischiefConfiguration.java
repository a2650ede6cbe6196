package dev.sluice.sandbox.mischief;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MischiefConfiguration {

    @Bean
    Pause pause() {
        return Thread::sleep;
    }
}
