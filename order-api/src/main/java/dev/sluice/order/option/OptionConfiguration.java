package dev.sluice.order.option;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.setting.form.GatewayHosts;
import dev.sluice.setting.start.SettingsEnvironment;

/// The hosts that the environment allows beside the providers' own.
@Configuration(proxyBeanMethods = false)
class OptionConfiguration {
    /// @throws dev.sluice.setting.BadSettingException when `SLUICE_GATEWAY_HOSTS` is no list of hosts
    @Bean
    GatewayHosts gatewayHosts(@Value("${sluice.gateway-hosts}") String hosts) {
        return SettingsEnvironment.gatewayHosts(hosts);
    }
}
