package dev.sluice.order.doctor;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.form.GatewayHosts;

/// The doctor, asking by the clock of this machine.
@Configuration(proxyBeanMethods = false)
class DoctorConfiguration {
    @Bean
    Doctor doctor(PaymentChannels channels, Clock clock, GatewayHosts allowed) {
        return Doctor.of(channels, clock, allowed);
    }
}
