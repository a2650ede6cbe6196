package dev.sluice.reconcile.refund;

import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.PaymentChannels;

/// What notifications name that the gateway verified and that confirm no payment: refunds, and what was not understood. What a forged one
/// names is ignored.
@Component
public class GenuineNotifications {
    private final PaymentChannels channels;

    public GenuineNotifications(PaymentChannels channels) {
        this.channels = channels;
    }

    /// The order that it is about, as the gateway read it from what is signed.
    public Optional<TradeNumber> tradeNumber(Notification notification) {
        return isGenuine(notification) && TradeNumber.isLegal(notification.tradeNumber())
                ? Optional.of(new TradeNumber(notification.tradeNumber()))
                : Optional.empty();
    }

    /// The number of the refund that it is about.
    Optional<String> refund(Notification notification) {
        return isGenuine(notification)
                ? channels.find(notification.provider()).flatMap(channel -> channel.notifications().refund(notification.body()))
                : Optional.empty();
    }

    private static boolean isGenuine(Notification notification) {
        return notification.verdict() != NotificationVerdict.FORGED;
    }
}
