package dev.sluice.reconcile.pending;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.TradeNumber;

/// The orders that were asked about and are to be asked about again. They are given back together, with two statements for all of them;
/// those that die with the process are asked for again when their claims end.
@Component
class AnsweredOrders {
    private static final Logger LOG = LoggerFactory.getLogger(AnsweredOrders.class);

    private final PendingOrders pending;
    private final Clock clock;
    private final Counter refused;
    private final BlockingQueue<Answered> answered = new LinkedBlockingQueue<>();

    AnsweredOrders(PendingOrders pending, MeterRegistry meters, Clock clock) {
        this.pending = pending;
        this.clock = clock;
        refused = Counter.builder("sluice.orders.refused").description("Orders whose answer the database refuses to keep")
                .register(meters);
    }

    /// @param failures answers in a row without information, or facts in a row that the view has not read
    /// @param appended whether a fact that ends the order was appended
    /// @param known    the provider's last answers that are in the log
    private record Answered(PendingOrder order, ProviderAccount account, int failures, boolean appended, KnownAnswers known) {}

    void add(PendingOrder order, ProviderAccount account, int failures, KnownAnswers known) {
        answered.add(new Answered(order, account, failures, false, known));
    }

    /// After a fact that ends the order was appended. Its row changes when the view reads the fact; until then the provider is asked less
    /// and less often, as an answer means that the fact is appended again.
    void addEnded(PendingOrder order, ProviderAccount account, KnownAnswers known) {
        answered.add(new Answered(order, account, order.failures() + 1, true, known));
    }

    void giveBack() {
        List<Answered> all = new ArrayList<>();
        answered.drainTo(all);
        if (all.isEmpty()) {
            return;
        }
        try {
            giveBack(all);
        } catch (DataIntegrityViolationException e) {
            giveBackEach(new ArrayDeque<>(all));
        } catch (RuntimeException e) {
            answered.addAll(all);
            throw e;
        }
    }

    private void giveBackEach(Deque<Answered> left) {
        try {
            while (!left.isEmpty()) {
                giveBackAlone(left.getFirst());
                left.removeFirst();
            }
        } finally {
            // When the database is away in the middle.
            answered.addAll(left);
        }
    }

    private void giveBack(List<Answered> all) {
        Instant now = clock.instant();
        // A page may have been opened while the provider thought.
        Map<TradeNumber, PendingOrder> found = pending.find(all.stream().map(each -> each.order().tradeNumber()).toList(),
                all.stream().flatMap(each -> each.order().askedFor(now).stream()).toList(), now);
        pending.askAgain(all.stream().map(each -> again(each, found.getOrDefault(each.order().tradeNumber(), each.order()), now)).toList());
    }

    /// One answer that the database refuses does not hold up the others. Its order is asked for again when the claim ends.
    private void giveBackAlone(Answered one) {
        try {
            giveBack(List.of(one));
        } catch (DataIntegrityViolationException e) {
            refused.increment();
            LOG.atError().addKeyValue("trade_no", one.order().tradeNumber()).addKeyValue("why", e.getClass().getSimpleName())
                    .log("answer refused by the database");
        }
    }

    private static PendingOrders.Again again(Answered answered, PendingOrder order, Instant now) {
        ProviderAccount account = answered.account();
        Instant next = answered.failures() == 0 || answered.appended()
                ? InquirySchedule.next(order, now, List.of(account.closableFrom(order), account.deadFrom(order)))
                : InquirySchedule.retry(order, now, answered.failures());
        Instant earliest = answered.appended() ? InquirySchedule.afterAppending(now, answered.failures()) : next;
        return new PendingOrders.Again(order.tradeNumber(), next.isAfter(earliest) ? next : earliest, answered.failures(),
                answered.known());
    }
}
