package dev.sluice.order.timeline;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.log.follow.ViewDatabase;
import dev.sluice.provider.PaymentChannels;

/// The timeline's view, on connections that requests cannot use up.
@Configuration(proxyBeanMethods = false)
class TimelineConfiguration {
    @Bean
    TimelineProjection timelineProjection(ViewDatabase database, Clock clock, PaymentChannels channels) {
        return new TimelineProjection(database.jdbc(), clock, channels);
    }
}
