package dev.sluice.sandbox.trade;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.springframework.stereotype.Component;

/// The memory of both providers. Each change is first written to the journal, then applied; one lock keeps the order of both the same.
@Component
public final class Trades {
    /// How many codes are remembered; about 200 MB.
    static final int MAX_CODES = 100_000;

    private final Journal journal;
    private final Numbers numbers;
    private final Clock clock;
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<TradeKey, Code> latestCodes = new HashMap<>();
    private final Map<TradeKey, Trade> trades = new HashMap<>();
    private final Set<String> openCodes = new HashSet<>();
    private final Map<TradeKey, Trade> untold = new LinkedHashMap<>();

    Trades(Journal journal, Numbers numbers, Clock clock) {
        this.journal = journal;
        this.numbers = numbers;
        this.clock = clock;
        journal.replay(this::apply);
    }

    /// Hands out a code. WeChat Pay repeats the code it has while that lives; Alipay gives a fresh one each time.
    public synchronized Issue issue(Offer offer) {
        TradeKey key = offer.key();
        Trade trade = trades.get(key);
        if (trade != null && trade.paid()) {
            return new Issue.AlreadyPaid();
        }
        if (trade != null && !trade.offer().terms().equals(offer.terms())) {
            return new Issue.OtherTerms();
        }
        Code latest = latestCodes.get(key);
        if (latest != null && key.provider().tradeBeforeScan() && alive(latest)) {
            return new Issue.Issued(latest);
        }
        if (codes.size() >= MAX_CODES) {
            return new Issue.Full();
        }
        if (trade == null && key.provider().tradeBeforeScan()) {
            create(offer);
        }
        var code = new Code(numbers.code(key.provider()), offer, clock.instant());
        record(new Fact.CodeIssued(code));
        return new Issue.Issued(code);
    }

    /// A wallet scans the code. From now on it can be paid until the wallet leaves, even past its time.
    public synchronized Scan open(String text) {
        Code code = codes.get(text);
        if (code == null) {
            return new Scan.Refused(Scan.Reason.UNKNOWN_CODE);
        }
        Trade trade = trades.get(code.offer().key());
        if (trade != null && !trade.offer().terms().equals(code.offer().terms())) {
            return new Scan.Refused(Scan.Reason.CONTEXT_INCONSISTENT);
        }
        if (trade != null && trade.paid()) {
            return new Scan.Accepted(trade);
        }
        if (!openCodes.contains(text)) {
            if (!alive(code)) {
                return new Scan.Refused(Scan.Reason.EXPIRED_CODE);
            }
            record(new Fact.CodeOpened(text));
        }
        return new Scan.Accepted(trade == null ? create(code.offer()) : trade);
    }

    /// A wallet pays, scanning first if it has not. The trade in the answer is paid, and now for the first time.
    public synchronized Scan pay(String text) {
        return switch (open(text)) {
            case Scan.Refused refused -> refused;
            case Scan.Accepted(Trade trade) when trade.paid() -> new Scan.Refused(Scan.Reason.ALREADY_PAID);
            case Scan.Accepted(Trade trade) -> {
                Instant now = clock.instant();
                record(new Fact.TradePaid(trade.offer().key(), new Payment(now, numbers.noticeId(now))));
                yield new Scan.Accepted(trade(trade.offer().key()));
            }
        };
    }

    /// A wallet turns away; says whether the code was known. The trade stays as it is.
    public synchronized boolean leave(String text) {
        if (openCodes.contains(text)) {
            record(new Fact.CodeLeft(text));
        }
        return codes.containsKey(text);
    }

    /// The telling of a payment is over.
    public synchronized void noticeEnded(TradeKey key, NoticeEnd end) {
        record(new Fact.NoticeEnded(key, end));
    }

    /// Paid trades whose merchant has not been told yet, oldest first.
    public synchronized List<Trade> untold() {
        return List.copyOf(untold.values());
    }

    private Trade create(Offer offer) {
        Instant now = clock.instant();
        record(new Fact.TradeCreated(new Trade(offer, now, numbers.transactionId(offer.key().provider(), now), null)));
        return trade(offer.key());
    }

    private boolean alive(Code code) {
        return clock.instant().isBefore(code.offer().until());
    }

    private Trade trade(TradeKey key) {
        return Objects.requireNonNull(trades.get(key), "no such trade");
    }

    private void record(Fact fact) {
        journal.append(fact);
        apply(fact);
    }

    private void apply(Fact fact) {
        switch (fact) {
            case Fact.CodeIssued(Code code) -> {
                codes.put(code.text(), code);
                latestCodes.put(code.offer().key(), code);
            }
            case Fact.TradeCreated(Trade trade) -> trades.put(trade.offer().key(), trade);
            case Fact.CodeOpened(String text) -> openCodes.add(text);
            case Fact.CodeLeft(String text) -> openCodes.remove(text);
            case Fact.TradePaid(TradeKey key, Payment payment) -> {
                Trade paid = trade(key).with(payment);
                trades.put(key, paid);
                if (paid.offer().notifyUrl() != null) {
                    untold.put(key, paid);
                }
            }
            case Fact.NoticeEnded(TradeKey key, var _) -> untold.remove(key);
        }
    }
}
