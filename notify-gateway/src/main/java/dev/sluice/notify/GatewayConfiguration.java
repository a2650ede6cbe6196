package dev.sluice.notify;

import java.util.concurrent.Executors;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    /// Of the secret settings it can open those that verify, whichever of the two keys it was given.
    @Bean
    Keyring keyring(@Value("${sluice.master-key}") String masterKey, @Value("${sluice.verifying-key}") String verifyingKey) {
        return Keyring.ofVerifyingKey(verifyingKey.isBlank() && !masterKey.isBlank() ? Keyring.verifyingKey(masterKey) : verifyingKey);
    }

    @Bean
    PaymentChannels paymentChannels() {
        return PaymentChannels.installed();
    }

    @Bean
    Verifiers verifiers(PaymentChannels channels, LiveSettings settings) {
        return new Verifiers(channels, settings);
    }

    /// Without a key, our own probes cannot be recognised, and none is answered.
    @Bean
    ProbeKey probeKey(Keyring keyring) {
        return new ProbeKey(keyring.probeKey());
    }

    /// Where checking and appending happen: virtual threads, never the event loop.
    @Bean(destroyMethod = "dispose")
    Scheduler blockingWork() {
        return Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
    }
}
