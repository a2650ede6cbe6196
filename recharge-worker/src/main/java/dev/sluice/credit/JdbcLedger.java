package dev.sluice.credit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.LatePayment;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.TradeNumber;

/// Books a batch in one transaction. It may be given the same facts any number of times, in any company: it books each once
/// and always answers with what became of each payment.
@Component
class JdbcLedger {
    private final LedgerTables tables;

    JdbcLedger(LedgerTables tables) {
        this.tables = tables;
    }

    /// A payment with what the log says of the time before it.
    ///
    /// @param closedBefore how its order was closed earlier in this batch, or null when it was not
    private record Arrival(PaymentConfirmed payment, Instant toldAt, @Nullable LatePayment closedBefore) {}

    /// Books all of it or nothing.
    ///
    /// @return what became of each payment, in order, each as one [QuotaCredited] or [PaymentHeld]
    @Transactional
    List<Outcome> book(List<Entry> entries) {
        List<OrderCreated> created = new ArrayList<>();
        // The first telling of a payment counts, in the order of the log, as it would if each came alone.
        Map<PaymentKey, Arrival> first = new LinkedHashMap<>();
        Map<TradeNumber, Closing> closed = new HashMap<>();
        for (Entry entry : entries) {
            switch (entry.fact().event()) {
                case OrderCreated order -> created.add(order);
                case OrderClosed order -> closed.putIfAbsent(order.tradeNumber(), new Closing(order.latePayment(), entry.fact().at()));
                case PaymentConfirmed payment -> first.putIfAbsent(PaymentKey.of(payment),
                        new Arrival(payment, entry.fact().at(),
                                Optional.ofNullable(closed.get(payment.tradeNumber())).map(Closing::latePayment).orElse(null)));
                case QuotaCredited _,PaymentHeld _,CheckRequested _,HoldResolved _,CancelRequested _ -> {
                }
            }
        }
        List<Arrival> arrivals = List.copyOf(first.values());
        tables.insertExpected(created);
        List<PaymentConfirmed> payments = arrivals.stream().map(Arrival::payment).toList();
        Set<PaymentKey> fresh = tables.insertPayments(payments);
        judge(arrivals.stream().filter(arrival -> fresh.contains(PaymentKey.of(arrival.payment()))).toList());
        tables.closeExpected(closed);
        Map<PaymentKey, TopUpEvent> outcomes = tables.outcomes(payments);
        return payments.stream().map(payment -> outcome(payment, outcomes, fresh)).toList();
    }

    private static Outcome outcome(PaymentConfirmed payment, Map<PaymentKey, TopUpEvent> outcomes, Set<PaymentKey> fresh) {
        PaymentKey key = PaymentKey.of(payment);
        return new Outcome(payment, Objects.requireNonNull(outcomes.get(key)), fresh.contains(key));
    }

    private void judge(List<Arrival> arrivals) {
        Set<TradeNumber> numbers = new HashSet<>();
        arrivals.forEach(arrival -> numbers.add(arrival.payment().tradeNumber()));
        Map<TradeNumber, Expected> expected = tables.expected(numbers);
        Set<TradeNumber> credited = tables.credited(numbers);

        List<Credit> credits = new ArrayList<>();
        Map<PaymentKey, String> held = new HashMap<>();
        for (Arrival arrival : arrivals) {
            PaymentConfirmed payment = arrival.payment();
            PaymentKey key = PaymentKey.of(payment);
            Expected promise = Optional.ofNullable(expected.get(payment.tradeNumber()))
                    .map(found -> found.closedBy(arrival.closedBefore())).orElse(null);
            switch (Judgement.of(payment, promise, credited.contains(payment.tradeNumber()))) {
                case Judgement.Credit(var userId, var quota, var late) -> {
                    credits.add(new Credit(payment.tradeNumber(), userId, quota, late, arrival.toldAt()));
                    credited.add(payment.tradeNumber());
                }
                case Judgement.Hold(var reason) -> held.put(key, reason.name());
            }
        }
        tables.hold(held);
        tables.transfer(credits);
    }
}
