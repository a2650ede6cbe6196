package dev.sluice.sandbox.trade;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.sandbox.SandboxProperties;

@Configuration(proxyBeanMethods = false)
class JournalConfiguration {

    @Bean
    Journal journal(SandboxProperties properties) {
        return properties.folder().<Journal>map(FileJournal::new).orElseGet(Journal::none);
    }
}
