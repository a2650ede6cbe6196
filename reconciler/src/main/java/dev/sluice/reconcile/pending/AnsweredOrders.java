package dev.sluice.reconcile.pending;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.springframework.stereotype.Component;

import dev.sluice.event.value.TradeNumber;

/// The orders that were asked about and are to be asked about again. They are given back together, with two statements for all of them;
/// those that die with the process are asked for again when their claims end.
@Component
class AnsweredOrders {
    private final PendingOrders pending;
    private final Clock clock;
    private final BlockingQueue<Answered> answered = new LinkedBlockingQueue<>();

    AnsweredOrders(PendingOrders pending, Clock clock) {
        this.pending = pending;
        this.clock = clock;
    }

    /// @param failures answers in a row without information
    /// @param known    the provider's last answers that are in the log
    private record Answered(PendingOrder order, ProviderAccount account, int failures, KnownAnswers known) {}

    void add(PendingOrder order, ProviderAccount account, int failures, KnownAnswers known) {
        answered.add(new Answered(order, account, failures, known));
    }

    void giveBack() {
        List<Answered> all = new ArrayList<>();
        answered.drainTo(all);
        if (all.isEmpty()) {
            return;
        }
        try {
            Instant now = clock.instant();
            // A page may have been opened while the provider thought.
            Map<TradeNumber, PendingOrder> found = pending.find(all.stream().map(each -> each.order().tradeNumber()).toList());
            pending.askAgain(
                    all.stream().map(each -> again(each, found.getOrDefault(each.order().tradeNumber(), each.order()), now)).toList());
        } catch (RuntimeException e) {
            answered.addAll(all);
            throw e;
        }
    }

    private static PendingOrders.Again again(Answered answered, PendingOrder order, Instant now) {
        ProviderAccount account = answered.account();
        Instant next = answered.failures() == 0
                ? InquirySchedule.next(order, now, List.of(account.closableFrom(order), account.deadFrom(order)))
                : InquirySchedule.retry(order, now, answered.failures());
        return new PendingOrders.Again(order.tradeNumber(), next, answered.failures(), answered.known());
    }
}
