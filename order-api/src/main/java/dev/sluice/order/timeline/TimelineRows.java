package dev.sluice.order.timeline;

import java.time.Clock;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.log.follow.View;
import dev.sluice.provider.PaymentChannels;

/// The timelines' view for a rebuild.
public final class TimelineRows {
    private TimelineRows() {}

    /// The same view on rows that are rebuilt from the log.
    public static View ofThePast(JdbcClient jdbc) {
        return new TimelineProjection(jdbc, Clock.systemUTC(), PaymentChannels.installed());
    }
}
