package dev.sluice.reconcile.refund;

import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.notification.NotificationFormat;

/// What notifications name that the gateway verified and that confirm no payment: refunds, and what was not understood. What a forged one
/// names is ignored.
@Component
public class GenuineNotifications {
    private final PaymentChannels channels;

    public GenuineNotifications(PaymentChannels channels) {
        this.channels = channels;
    }

    /// The order that it is about.
    public Optional<TradeNumber> tradeNumber(Notification notification) {
        return format(notification).flatMap(format -> format.claimedTradeNumber(notification.body())).filter(TradeNumber::isLegal)
                .map(TradeNumber::new);
    }

    /// The number of the refund that it is about.
    Optional<String> refund(Notification notification) {
        return format(notification).flatMap(format -> format.claimedRefund(notification.body()));
    }

    private Optional<NotificationFormat> format(Notification notification) {
        return notification.verdict() == NotificationVerdict.FORGED
                ? Optional.empty()
                : channels.find(notification.provider()).map(channel -> channel.notifications());
    }
}
