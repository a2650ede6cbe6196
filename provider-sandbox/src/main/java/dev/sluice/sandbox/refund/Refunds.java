package dev.sluice.sandbox.refund;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.notification.RefundNotifier;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Refund;
import dev.sluice.sandbox.trade.RefundRequest;
import dev.sluice.sandbox.trade.RefundResult;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.Trades;

/// Requests for refunds, with the faults of their order. A refund succeeds at once unless a fault has it wait or end otherwise; one that
/// waited continues when it is looked at after the fault was switched off.
@Component
public final class Refunds {
    /// Answers of [Fault#REFUND_SYSTEM_ERRORS] before the refund is made.
    static final int SYSTEM_ERRORS = 10;
    /// Refunds whose answers are counted; the oldest is forgotten first.
    private static final int MAX_COUNTED = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Refunds.class);

    private final Trades trades;
    private final FaultInjection injection;
    private final RefundNotifier notifier;
    private final Clock clock;
    private final TimeScale timeScale;
    private final Map<String, Integer> systemErrors = new LinkedHashMap<>();

    Refunds(Trades trades, FaultInjection injection, RefundNotifier notifier, Clock clock, TimeScale timeScale) {
        this.trades = trades;
        this.injection = injection;
        this.notifier = notifier;
        this.clock = clock;
        this.timeScale = timeScale;
    }

    /// What a request led to.
    public sealed interface Answer {

        /// The trades decided.
        ///
        /// @param result of the request
        record Decided(RefundResult result) implements Answer {}

        /// The provider fails, and made no refund.
        record SystemError() implements Answer {}

        /// The merchant's account has too little money.
        record BalanceTooSmall() implements Answer {}

        /// The last refund of the trade was requested a moment ago.
        record TooSoon() implements Answer {}
    }

    /// The merchant requests a refund of a payment by its API.
    ///
    /// @param apart the real time between two refunds of one trade
    public Answer request(Trade trade, RefundRequest request, Duration apart) {
        Optional<Answer> fault = fault(trade, request);
        if (fault.isPresent()) {
            return fault.get();
        }
        boolean isNew = trade.refund(request.number()).isEmpty();
        if (isNew && trade.lastRefund().filter(last -> clock.instant().isBefore(last.requestedAt().plus(timeScale.shorten(apart))))
                .isPresent()) {
            return new Answer.TooSoon();
        }
        return new Answer.Decided(make(trade, request));
    }

    /// The merchant refunds in the provider's console: the number is the provider's.
    public RefundResult refundInConsole(Trade trade, long fen) {
        return make(trade, new RefundRequest(trades.consoleRefundNumber(), fen, "", Refund.Source.VENDOR_PLATFORM));
    }

    private RefundResult make(Trade trade, RefundRequest request) {
        RefundResult result = trades.refund(trade, request, state(trade.number()));
        if (result instanceof RefundResult.Made(var refunded, var refund)) {
            LOG.info("{} refund of {} fen: {}", trade.number(), refund.fen(), refund.state());
            notifyOf(refunded, refund);
        }
        return result;
    }

    /// The trade as it is now: refunds that waited for the end of a fault continue.
    public Trade current(Trade trade) {
        Trade now = trade;
        Refund.State state = state(trade.number());
        for (Refund refund : trade.refunds()) {
            boolean waits = refund.state() == Refund.State.PROCESSING || refund.state() == Refund.State.CHANGE;
            if (waits && refund.state() != state) {
                now = trades.moveRefund(now, refund, state);
                notifyOf(now, now.refund(refund.number()).orElseThrow());
            }
        }
        return now;
    }

    /// The trade with a refund that is meant, as it is now.
    public Optional<Trade> find(Provider provider, Predicate<Refund> refund) {
        return trades.findRefunded(provider, refund).map(this::current);
    }

    private void notifyOf(Trade trade, Refund refund) {
        if (refund.state() != Refund.State.PROCESSING) {
            notifier.notifyOf(trade, refund);
        }
    }

    private Optional<Answer> fault(Trade trade, RefundRequest request) {
        if (injection.has(trade.number(), Fault.REFUND_LOST)) {
            return Optional.of(new Answer.SystemError());
        }
        if (trade.refund(request.number()).isPresent()) {
            return Optional.empty();
        }
        if (injection.has(trade.number(), Fault.REFUND_SYSTEM_ERRORS) && countSystemError(request.number()) <= SYSTEM_ERRORS) {
            return Optional.of(new Answer.SystemError());
        }
        return injection.has(trade.number(), Fault.REFUND_BALANCE_TOO_SMALL)
                ? Optional.of(new Answer.BalanceTooSmall())
                : Optional.empty();
    }

    private int countSystemError(String number) {
        synchronized (systemErrors) {
            if (systemErrors.size() >= MAX_COUNTED) {
                systemErrors.remove(systemErrors.keySet().iterator().next());
            }
            return systemErrors.merge(number, 1, Integer::sum);
        }
    }

    private Refund.State state(String number) {
        if (injection.has(number, Fault.REFUND_CLOSED)) {
            return Refund.State.REFUNDCLOSE;
        }
        if (injection.has(number, Fault.REFUND_PROCESSING)) {
            return Refund.State.PROCESSING;
        }
        return injection.has(number, Fault.REFUND_LEFT_AT_PROVIDER) ? Refund.State.CHANGE : Refund.State.SUCCESS;
    }
}
