package dev.sluice.sandbox.notice;

import java.time.Duration;
import java.util.List;

import dev.sluice.sandbox.trade.Payment;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// How one provider tells a merchant of a payment.
public interface PaymentNotice {

    Provider provider();

    /// The real pauses between deliveries; after the last one comes the last delivery.
    List<Duration> pauses();

    /// Writes and signs the notice for one delivery.
    NoticeBody compose(Trade trade, Payment payment);

    /// Whether the merchant's answer is the success word.
    boolean acknowledgedBy(int status, byte[] answer);
}
