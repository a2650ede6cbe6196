package dev.sluice.reconcile;

import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import dev.sluice.edge.answer.Outages;
import dev.sluice.event.value.LatePayment;
import dev.sluice.log.NotAppendedException;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnections;
import dev.sluice.reconcile.pending.Limits;
import dev.sluice.reconcile.pending.ProviderAccounts;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.SalesSettings;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ReconcilerConfiguration {
    @Bean
    Supplier<LatePayment> latePayment(LiveSettings live) {
        return live.derive(
                settings -> LatePayment.valueOf(settings.text(SalesSettings.LATE_PAYMENT).orElseThrow().toUpperCase(Locale.ROOT)));
    }

    /// Nothing was promised to the caller of a request whose facts were not appended.
    @Bean
    Outages outages() {
        return new Outages(Set.of(NotAppendedException.class));
    }

    /// The audit has a schema and a history of its own: it is rebuilt apart from the reconciler's rows.
    @Bean
    FlywayMigrationStrategy migrateBothSchemas() {
        return recon -> {
            recon.migrate();
            Flyway.configure().configuration(recon.getConfiguration()).schemas("audit").locations("classpath:db/audit").load().migrate();
        };
    }

    @Bean
    PaymentChannels paymentChannels() {
        return PaymentChannels.installed();
    }

    @Bean
    ProviderConnections providerConnections(PaymentChannels channels, LiveSettings live, MeterRegistry meters, Clock clock) {
        return ProviderConnections.following(channels, live, Limits.ASKING_AT_ONCE, meters, clock);
    }

    /// A provider whose account is not set up cannot be queried. Switching it off stops new orders only: what was placed is still queried
    /// and closed.
    @Bean
    Supplier<ProviderAccounts> providerAccounts(ProviderConnections connections) {
        return ProviderAccounts.of(connections);
    }
}
