package dev.sluice.sandbox.notice;

import java.time.Duration;
import java.util.List;

import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A provider that knows yes and no, and pauses for a second. Its notices say what they are.
record TwoWords() implements TradeNotice, FalseNotices {
    @Override
    public Provider provider() {
        return Provider.WECHAT;
    }

    @Override
    public List<Duration> pauses() {
        return List.of(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Override
    public NoticeBody compose(Trade trade) {
        return body(trade.number() + " paid " + trade.terms().fen());
    }

    @Override
    public boolean acknowledgedBy(int status, byte[] answer) {
        return new String(answer, UTF_8).equals("yes");
    }

    @Override
    public NoticeBody forged(Trade trade) {
        return body("forged");
    }

    @Override
    public NoticeBody ofAnotherMerchant(Trade trade) {
        return body("another merchant's");
    }

    @Override
    public NoticeBody outdated(Trade trade) {
        return body("outdated");
    }

    @Override
    public List<NoticeBody> probes(Trade trade) {
        return List.of(body("probe 1"), body("probe 2"));
    }

    private static NoticeBody body(String text) {
        return new NoticeBody("text/plain", text);
    }
}
