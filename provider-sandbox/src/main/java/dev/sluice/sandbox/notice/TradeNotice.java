package dev.sluice.sandbox.notice;

import java.time.Duration;
import java.util.List;

import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// How one provider tells a merchant that a trade is paid or closed.
public interface TradeNotice {

    Provider provider();

    /// The real pauses between deliveries; after the last one comes the last delivery.
    List<Duration> pauses();

    /// Writes and signs the notice for one delivery: that the trade is paid if it is, that it is closed otherwise.
    NoticeBody compose(Trade trade);

    /// Whether the merchant's answer is the success word.
    boolean acknowledgedBy(int status, byte[] answer);
}
