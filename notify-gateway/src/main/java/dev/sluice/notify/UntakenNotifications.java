package dev.sluice.notify;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.notification.NotificationReply;

/// Notifications that are rejected unread because of overload; their provider retries. All are counted, but only one in a while is logged:
/// a flood must not fill the disk.
@Component
class UntakenNotifications {
    private static final Logger LOG = LoggerFactory.getLogger(UntakenNotifications.class);

    private final MeterRegistry meters;
    private final Clock clock;
    private final AtomicReference<Instant> loggedAt = new AtomicReference<>(Instant.EPOCH);

    UntakenNotifications(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /// Counts one more, and gives the reply that makes the provider retry.
    NotificationReply reply(PaymentChannel channel, String why) {
        Provider provider = channel.provider();
        meters.counter("sluice.notifications", "provider", provider.code(), "verdict", "not_taken").increment();
        Instant now = clock.instant();
        Instant before = loggedAt.get();
        if (!now.isBefore(before.plus(Limits.BETWEEN_COMPLAINTS)) && loggedAt.compareAndSet(before, now)) {
            LOG.atError().addKeyValue("provider", provider).addKeyValue("why", why).log("notification not taken");
        }
        return channel.notifications().failure();
    }
}
