package dev.sluice.order.pricing;

import java.util.function.Supplier;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.setting.LiveSettings;

/// What is derived from the settings: what is sold, and the accounts that are set up.
@Configuration(proxyBeanMethods = false)
class PricingConfiguration {
    @Bean
    Supplier<Shop> shop(LiveSettings settings) {
        return settings.making(Shop::from);
    }

    @Bean
    Supplier<Accounts> accounts(LiveSettings settings) {
        return settings.making(Accounts::from);
    }
}
