package dev.sluice.sandbox.trade;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/// The books of both providers. Each change is first written to the journal, then applied; one lock keeps the order of both the same.
@Component
public final class Trades {
    /// How many codes are remembered; about 200 MB.
    static final int MAX_CODES = 100_000;

    private final Journal journal;
    private final Numbers numbers;
    private final Clock clock;
    private final Memory memory = new Memory();

    Trades(Journal journal, Numbers numbers, Clock clock) {
        this.journal = journal;
        this.numbers = numbers;
        this.clock = clock;
        journal.replay(memory::apply);
    }

    /// Hands out a code. WeChat Pay repeats the code it has while that lives; Alipay gives a fresh one each time.
    public synchronized Issue issue(Offer offer) {
        TradeKey key = offer.key();
        Optional<Trade> trade = find(key);
        if (trade.isPresent() && trade.get().status() != TradeStatus.UNPAID) {
            return trade.get().paid() ? new Issue.AlreadyPaid() : new Issue.Closed();
        }
        if (trade.isPresent() && !trade.get().offer().terms().equals(offer.terms())) {
            return new Issue.OtherTerms();
        }
        Optional<Code> latest = memory.latestCode(key).filter(code -> key.provider().tradeBeforeScan() && alive(code));
        if (latest.isPresent()) {
            return new Issue.Issued(latest.get());
        }
        if (memory.codeCount() >= MAX_CODES) {
            return new Issue.Full();
        }
        if (trade.isEmpty() && key.provider().tradeBeforeScan()) {
            create(offer);
        }
        var code = new Code(numbers.code(key.provider()), offer, clock.instant());
        record(new Fact.CodeIssued(code));
        return new Issue.Issued(code);
    }

    /// A wallet scans the code. From now on it can be paid until the wallet leaves, even past its time.
    public synchronized Scan open(String text) {
        Optional<Code> known = memory.code(text);
        if (known.isEmpty()) {
            return new Scan.Refused(Scan.Reason.UNKNOWN_CODE);
        }
        Code code = known.get();
        Optional<Trade> trade = find(code.offer().key());
        if (trade.isPresent() && !trade.get().offer().terms().equals(code.offer().terms())) {
            return new Scan.Refused(Scan.Reason.CONTEXT_INCONSISTENT);
        }
        if (trade.isPresent() && trade.get().paid()) {
            return new Scan.Accepted(trade.get());
        }
        boolean open = memory.isOpen(code);
        if (!open && !alive(code)) {
            return new Scan.Refused(Scan.Reason.EXPIRED_CODE);
        }
        if (trade.isPresent() && closedTo(open, trade.get())) {
            return new Scan.Refused(Scan.Reason.CLOSED_TRADE);
        }
        if (!open) {
            record(new Fact.CodeOpened(text));
        }
        return new Scan.Accepted(trade.orElseGet(() -> create(code.offer())));
    }

    /// A wallet pays, scanning first if it has not. The trade in the answer is paid, and now for the first time.
    public synchronized Scan pay(String text) {
        return switch (open(text)) {
            case Scan.Refused refused -> refused;
            case Scan.Accepted(Trade trade) when trade.paid() -> new Scan.Refused(Scan.Reason.ALREADY_PAID);
            case Scan.Accepted(Trade trade) -> {
                Payment payment = payment();
                record(new Fact.TradePaid(trade.offer().key(), payment));
                yield new Scan.Accepted(trade.with(payment));
            }
        };
    }

    /// The payer pays what is paid already, in a second transaction, which is in the answer. No order is paid a third time.
    public synchronized Optional<Trade> payAgain(TradeKey key) {
        Optional<Trade> twin = find(key).filter(trade -> trade.paid() && memory.twin(key).isEmpty())
                .map(trade -> trade.numbered(numbers.transactionId(key.provider(), clock.instant())).with(payment()));
        twin.ifPresent(trade -> record(new Fact.TradePaidAgain(trade)));
        return twin;
    }

    /// A wallet turns away; says whether the code was known. The trade stays as it is.
    public synchronized boolean leave(String text) {
        Optional<Code> code = memory.code(text);
        if (code.isPresent() && memory.isOpen(code.get())) {
            record(new Fact.CodeLeft(text));
        }
        return code.isPresent();
    }

    /// The trade of a merchant's number as it is now; one whose time is over is closed unless a wallet has it open.
    public synchronized Optional<Trade> find(TradeKey key) {
        Optional<Trade> trade = memory.trade(key);
        boolean over = trade.isPresent()
                && trade.get().status() == TradeStatus.UNPAID
                && trade.get().offer().endedBy(clock.instant())
                && !memory.hasOpenCode(key);
        if (over) {
            // Nobody is told: for codes that are scanned, Alipay sends a notice of payments and of the merchant's own closing only.
            record(new Fact.TradeClosed(key, new Closure(clock.instant(), null, false)));
        }
        return memory.trade(key);
    }

    /// The trade of a provider's number; of a number paid twice, the transaction that is meant.
    public synchronized Optional<Trade> findTransaction(Provider provider, String transactionId) {
        return memory.keyOf(transactionId)
                .filter(key -> key.provider() == provider)
                .flatMap(key -> memory.twin(key).filter(twin -> twin.transactionId().equals(transactionId)).or(() -> find(key)));
    }

    /// The merchant closes a trade: nobody can scan it any more, nor pay it where it is open.
    public Closing close(TradeKey key) {
        return close(key, false);
    }

    /// As [#close(TradeKey)], but a wallet that has it open can pay it all the same.
    public Closing closeInWordsOnly(TradeKey key) {
        return close(key, true);
    }

    /// The telling of where the trade stood then is over.
    public synchronized void noticeEnded(Trade told, NoticeEnd end) {
        record(new Fact.NoticeEnded(told.offer().key(), end, told.noticeId().orElseThrow()));
    }

    /// Paid and closed trades whose merchant has not been told yet, oldest first.
    public synchronized List<Trade> untold() {
        return memory.untold();
    }

    private synchronized Closing close(TradeKey key, boolean inWordsOnly) {
        Optional<Trade> trade = find(key);
        if (trade.isEmpty()) {
            return new Closing.Unknown();
        }
        return switch (trade.get().status()) {
            case PAID -> new Closing.AlreadyPaid();
            case CLOSED -> new Closing.AlreadyClosed();
            case UNPAID -> {
                Instant now = clock.instant();
                var closure = new Closure(now, key.provider().tellsOfClosing() ? numbers.noticeId(now) : null, inWordsOnly);
                record(new Fact.TradeClosed(key, closure));
                yield new Closing.Closed(trade.get().with(closure));
            }
        };
    }

    private static boolean closedTo(boolean open, Trade trade) {
        Closure closure = trade.closure();
        return closure != null && !(open && closure.inWordsOnly());
    }

    private Trade create(Offer offer) {
        Instant now = clock.instant();
        var trade = new Trade(offer, now, numbers.transactionId(offer.key().provider(), now), null, null);
        record(new Fact.TradeCreated(trade));
        return trade;
    }

    private Payment payment() {
        Instant now = clock.instant();
        return new Payment(now, numbers.noticeId(now));
    }

    private boolean alive(Code code) {
        return clock.instant().isBefore(code.offer().until());
    }

    private void record(Fact fact) {
        journal.append(fact);
        memory.apply(fact);
    }
}
