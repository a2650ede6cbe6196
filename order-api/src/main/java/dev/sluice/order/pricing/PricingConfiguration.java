package dev.sluice.order.pricing;

import java.util.function.Supplier;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.setting.LiveSettings;

/// What is derived from the settings: what is sold, and the accounts that are set up.
@Configuration(proxyBeanMethods = false)
class PricingConfiguration {
    @Bean
    Supplier<SalesTerms> shop(LiveSettings settings) {
        return settings.derive(SalesTerms::from);
    }

    @Bean
    Supplier<ConfiguredAccounts> accounts(LiveSettings settings) {
        return settings.derive(ConfiguredAccounts::from);
    }
}
