package dev.sluice.sandbox.trade;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.SandboxProperties;

/// The trades of both providers. Each change is saved before the method that makes it returns.
@Component
public final class Trades {
    /// Codes that are kept; about 200 MB.
    static final int MAX_CODES = 100_000;
    /// Of one payment, at both providers.
    static final int MAX_REFUNDS = 50;

    private final TradeStore store;
    private final TradeNumbers numbers;
    private final Clock clock;

    Trades(SandboxProperties properties, RandomGenerator random, Clock clock) {
        store = new TradeStore(properties.folder().orElse(null));
        numbers = new TradeNumbers(random);
        this.clock = clock;
    }

    /// Issues a code. WeChat Pay repeats the one it has until that expires; Alipay issues a new one each time.
    public synchronized CodeResult issue(TradeTerms terms) {
        TradeKey key = terms.key();
        Optional<Trade> trade = find(key);
        if (trade.isPresent() && trade.get().status() != Trade.Status.UNPAID) {
            return trade.get().paid() ? new CodeResult.AlreadyPaid() : new CodeResult.Closed();
        }
        if (trade.isPresent() && !trade.get().terms().fields().equals(terms.fields())) {
            return new CodeResult.OtherTerms();
        }
        Optional<Code> repeated = store.find(key)
                .filter(entry -> key.provider().createsTradeBeforeScan && !entry.codes().isEmpty())
                .map(entry -> entry.codes().getLast())
                .filter(code -> !expired(code));
        if (repeated.isPresent()) {
            return new CodeResult.Issued(repeated.get());
        }
        if (store.codeCount() >= MAX_CODES) {
            return new CodeResult.Full();
        }
        if (trade.isEmpty() && key.provider().createsTradeBeforeScan) {
            create(terms);
        }
        var code = new Code(numbers.code(key.provider()), terms, clock.instant());
        store.put(code);
        store.save(store.entry(key));
        return new CodeResult.Issued(code);
    }

    /// A wallet scans the code. From now on it can be paid until the wallet leaves, even after its expiry.
    public synchronized Scan open(String text) {
        Optional<Code> known = store.code(text);
        if (known.isEmpty()) {
            return new Scan.Refused(Scan.Reason.UNKNOWN_CODE);
        }
        Code code = known.get();
        TradeStore.Entry entry = store.entry(code.key());
        Optional<Trade> trade = find(code.key());
        Optional<Scan.Reason> refusal = refusal(code, entry, trade);
        if (refusal.isPresent()) {
            return new Scan.Refused(refusal.get());
        }
        if (trade.isPresent() && trade.get().paid()) {
            return new Scan.Accepted(trade.get());
        }
        if (entry.openCodes().add(text)) {
            store.save(entry);
        }
        return new Scan.Accepted(trade.orElseGet(() -> create(code.terms())));
    }

    /// What wallets could scan and pay now: the newest such code of each number, newest first, and at most `most` of them.
    public synchronized List<ScannableCode> scannable(int most) {
        return store.entries().stream()
                .flatMap(entry -> entry.codes().reversed().stream().filter(code -> isPayable(code, entry)).findFirst().stream())
                .sorted(Comparator.comparing(Code::issuedAt).reversed())
                .limit(most)
                .map(code -> new ScannableCode(code, store.entry(code.key()).openCodes().contains(code.text())))
                .toList();
    }

    /// A wallet pays, scanning first if it has not. The trade in the result is paid, and now for the first time.
    public synchronized Scan pay(String text) {
        return switch (open(text)) {
            case Scan.Refused refused -> refused;
            case Scan.Accepted(Trade trade) when trade.paid() -> new Scan.Refused(Scan.Reason.ALREADY_PAID);
            case Scan.Accepted(Trade trade) -> new Scan.Accepted(save(trade.with(payment())));
        };
    }

    /// The payer pays what is paid already, in a second transaction, which is the result. No order is paid a third time.
    public synchronized Optional<Trade> payAgain(TradeKey key) {
        Optional<Trade> second = find(key).filter(trade -> trade.paid() && store.entry(key).transactions().size() == 1)
                .map(trade -> trade.withoutRefunds(numbers.transactionId(key.provider(), clock.instant())).with(payment()));
        second.ifPresent(this::save);
        return second;
    }

    /// A wallet turns away; returns whether the code is known. The trade stays as it is.
    public synchronized boolean leave(String text) {
        Optional<Code> code = store.code(text);
        code.map(known -> store.entry(known.key())).filter(entry -> entry.openCodes().remove(text)).ifPresent(store::save);
        return code.isPresent();
    }

    /// The trade of a merchant's number as it is now; an expired one is closed unless a wallet has it open.
    public synchronized Optional<Trade> find(TradeKey key) {
        // Without a notification: for codes that are scanned, Alipay sends one of payments and of the merchant's own closing only.
        return store.find(key)
                .flatMap(TradeStore.Entry::trade)
                .map(trade -> expired(trade) ? save(trade.with(new Trade.Closure(clock.instant(), null, false))) : trade);
    }

    /// The trade of a provider's number; of a number paid twice, the transaction that is meant.
    public synchronized Optional<Trade> findTransaction(Provider provider, String transactionId) {
        return store.entries().stream()
                .filter(entry -> entry.key().provider() == provider)
                .flatMap(entry -> Stream.ofNullable(entry.transactions().get(transactionId)))
                .findFirst()
                .map(trade -> find(trade.key()).filter(now -> now.transactionId().equals(transactionId)).orElse(trade));
    }

    /// The merchant closes a trade: it can no longer be scanned.
    ///
    /// @param payable whether a wallet that has it open can pay it all the same
    public synchronized CloseResult close(TradeKey key, boolean payable) {
        Optional<Trade> trade = find(key);
        if (trade.isEmpty()) {
            return new CloseResult.Unknown();
        }
        return switch (trade.get().status()) {
            case PAID -> new CloseResult.AlreadyPaid();
            case CLOSED -> new CloseResult.AlreadyClosed();
            case UNPAID -> {
                Instant now = clock.instant();
                String notificationId = key.provider().notifiesOfClosing ? numbers.notificationId(now) : null;
                yield new CloseResult.Closed(save(trade.get().with(new Trade.Closure(now, notificationId, payable))));
            }
        };
    }

    /// Refunds a part of a payment, once for each number.
    ///
    /// @param payment   the transaction that is meant
    /// @param state     that the refund reaches at once
    public synchronized RefundResult refund(Trade payment, RefundRequest request, Refund.State state) {
        Trade trade = store.entry(payment.key()).transactions().get(payment.transactionId());
        if (trade == null || !trade.paid()) {
            return new RefundResult.NotPaid();
        }
        Optional<Refund> before = trade.refund(request.number());
        if (before.isPresent()) {
            return before.get().fen() == request.fen()
                    ? new RefundResult.Repeated(trade, before.get())
                    : new RefundResult.OtherAmount();
        }
        if (request.fen() > trade.terms().fen() - trade.refundedFen()) {
            return new RefundResult.MoreThanLeft();
        }
        if (trade.refunds().size() >= MAX_REFUNDS) {
            return new RefundResult.TooMany();
        }
        Instant now = clock.instant();
        var refund = new Refund(request.number(), numbers.refundId(now), request.fen(), request.reason(), request.source(), now, state,
                state == Refund.State.PROCESSING ? null : now);
        return new RefundResult.Made(replace(trade.with(refund)), refund);
    }

    /// A refund reaches another state. Returns the trade with it.
    public synchronized Trade moveRefund(Trade trade, Refund refund, Refund.State state) {
        Trade now = store.entry(trade.key()).transactions().getOrDefault(trade.transactionId(), trade);
        return replace(now.with(refund.with(state, clock.instant())));
    }

    /// The transaction that has such a refund.
    public synchronized Optional<Trade> findRefunded(Provider provider, Predicate<Refund> refund) {
        return store.entries().stream()
                .filter(entry -> entry.key().provider() == provider)
                .flatMap(entry -> entry.transactions().values().stream())
                .filter(trade -> trade.refunds().stream().anyMatch(refund))
                .findFirst();
    }

    /// All paid transactions of a provider, with their refunds.
    public synchronized List<Trade> paid(Provider provider) {
        return store.entries().stream()
                .filter(entry -> entry.key().provider() == provider)
                .flatMap(entry -> entry.transactions().values().stream())
                .filter(Trade::paid)
                .toList();
    }

    /// A number of the provider's own for a refund in its console.
    public synchronized String consoleRefundNumber() {
        return numbers.consoleRefundNumber();
    }

    private Trade replace(Trade trade) {
        TradeStore.Entry entry = store.entry(trade.key());
        entry.replace(trade);
        store.save(entry);
        return trade;
    }

    /// The notification of the status that the trade had then is acknowledged or given up.
    public synchronized void notificationEnded(Trade notified) {
        TradeStore.Entry entry = store.entry(notified.key());
        entry.unacknowledged().remove(notified.notificationId().orElseThrow());
        store.save(entry);
    }

    /// Paid and closed trades whose notification is due, oldest first.
    public synchronized List<Trade> unacknowledged() {
        return store.entries().stream()
                .flatMap(entry -> entry.unacknowledged().values().stream())
                .sorted(Comparator.comparing(Trade::since))
                .toList();
    }

    private Optional<Scan.Reason> refusal(Code code, TradeStore.Entry entry, Optional<Trade> trade) {
        boolean open = entry.openCodes().contains(code.text());
        if (trade.isPresent() && !trade.get().terms().fields().equals(code.terms().fields())) {
            return Optional.of(Scan.Reason.CONTEXT_INCONSISTENT);
        }
        if (trade.isPresent() && trade.get().paid()) {
            return Optional.empty();
        }
        if (!open && expired(code)) {
            return Optional.of(Scan.Reason.EXPIRED_CODE);
        }
        return trade.isPresent() && closedTo(open, trade.get()) ? Optional.of(Scan.Reason.CLOSED_TRADE) : Optional.empty();
    }

    private boolean isPayable(Code code, TradeStore.Entry entry) {
        if (expired(code) && !entry.openCodes().contains(code.text())) {
            // Before its trade is looked up, which may close and save it: most codes that are kept expired long ago.
            return false;
        }
        Optional<Trade> trade = find(code.key());
        return refusal(code, entry, trade).isEmpty() && !trade.map(Trade::paid).orElse(false);
    }

    private static boolean closedTo(boolean open, Trade trade) {
        Trade.Closure closure = trade.closure();
        return closure != null && !(open && closure.payable());
    }

    private Trade create(TradeTerms terms) {
        Instant now = clock.instant();
        return save(new Trade(terms, now, numbers.transactionId(terms.key().provider(), now), null, null));
    }

    private Trade.Payment payment() {
        Instant now = clock.instant();
        return new Trade.Payment(now, numbers.notificationId(now));
    }

    private boolean expired(Code code) {
        return !clock.instant().isBefore(code.terms().codeExpiry());
    }

    private boolean expired(Trade trade) {
        Instant expiry = trade.terms().tradeExpiry();
        return trade.status() == Trade.Status.UNPAID && expiry != null && !clock.instant().isBefore(expiry)
                && store.entry(trade.key()).openCodes().isEmpty();
    }

    private Trade save(Trade trade) {
        TradeStore.Entry entry = store.entry(trade.key());
        entry.put(trade);
        store.save(entry);
        return trade;
    }
}
