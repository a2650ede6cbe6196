package dev.sluice.order.placement;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.log.DiskSpace;

/// What placing an order needs to know of the log.
@Configuration(proxyBeanMethods = false)
class PlacementConfiguration {
    @Bean
    Room room(DiskSpace space) {
        return space::isShort;
    }
}
