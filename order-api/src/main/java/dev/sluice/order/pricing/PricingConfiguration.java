package dev.sluice.order.pricing;

import java.time.Clock;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnections;
import dev.sluice.setting.LiveSettings;

/// What is sold, how it can be paid, and the accounts that are set up.
@Configuration(proxyBeanMethods = false)
class PricingConfiguration {
    @Bean
    PaymentChannels paymentChannels() {
        return PaymentChannels.installed();
    }

    @Bean
    ProviderConnections providerConnections(PaymentChannels channels, LiveSettings settings, MeterRegistry meters, Clock clock) {
        return ProviderConnections.following(channels, settings, Limits.CALLS_PER_PROVIDER, meters, clock);
    }

    @Bean
    Supplier<SalesTerms> salesTerms(LiveSettings settings, PaymentChannels channels, ProviderConnections connections) {
        return settings.derive(each -> SalesTerms.from(each, channels, connections));
    }

    @Bean
    Supplier<RefundTerms> refundTerms(LiveSettings settings) {
        return settings.derive(RefundTerms::from);
    }

    @Bean
    Supplier<ConfiguredAccounts> accounts(ProviderConnections connections) {
        var accounts = new ConfiguredAccounts(connections);
        return () -> accounts;
    }
}
