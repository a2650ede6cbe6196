package dev.sluice.credit.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.Resolution;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.TradeNumber;

/// Books a batch in one transaction. It may be given the same facts any number of times, in any company: it books each once
/// and always answers with what became of each payment, and of each decision about one that is held.
@Component
public class Ledger {
    private final LedgerStatements tables;
    private final HoldResolutions resolutions;

    Ledger(LedgerStatements tables, HoldResolutions resolutions) {
        this.tables = tables;
        this.resolutions = resolutions;
    }

    /// A payment with what the log says of the time before it.
    ///
    /// @param closedBefore how its order was closed earlier in this batch, or null when it was not
    private record Arrival(PaymentConfirmed payment, Instant toldAt, @Nullable LatePayment closedBefore) {}

    /// Books all of it or nothing.
    ///
    /// @return what became of each payment, in order, and then of each decision
    @Transactional
    public List<Outcome> book(List<LoggedFact> entries) {
        List<OrderCreated> created = new ArrayList<>();
        // The first telling of a payment counts, in the order of the log, as it would if each came alone.
        Map<PaymentKey, Arrival> first = new LinkedHashMap<>();
        Map<TradeNumber, OrderClosure> closed = new HashMap<>();
        List<ResolutionAct> decisions = new ArrayList<>();
        for (LoggedFact entry : entries) {
            switch (entry.fact().event()) {
                case OrderCreated order -> created.add(order);
                case OrderClosed order -> closed.putIfAbsent(order.tradeNumber(), new OrderClosure(order.latePayment(), entry.fact().at()));
                case PaymentConfirmed payment -> first.putIfAbsent(PaymentKey.of(payment),
                        new Arrival(payment, entry.fact().at(),
                                Optional.ofNullable(closed.get(payment.tradeNumber())).map(OrderClosure::latePayment).orElse(null)));
                case HoldResolved act -> {
                    boolean early = !first.containsKey(new PaymentKey(act.provider(), act.transactionId()));
                    decisions.add(new ResolutionAct(act, entry.fact().at(), early));
                }
                case QuotaCredited _,PaymentHeld _,CheckRequested _,CancelRequested _ -> {
                }
            }
        }
        tables.insertExpected(created);
        List<PaymentConfirmed> payments = first.values().stream().map(Arrival::payment).toList();
        Set<PaymentKey> fresh = tables.insertPayments(payments);
        // A payment that came just now cannot have been decided about before it came.
        List<ResolutionAct> timely = decisions.stream().filter(decision -> !decision.early() || !fresh.contains(decision.payment()))
                .toList();

        List<Transfer> credits = new ArrayList<>(
                judge(first.values().stream().filter(arrival -> fresh.contains(PaymentKey.of(arrival.payment()))).toList()));
        Map<Integer, HoldReason> counting = resolutions.resolve(timely);
        counting.forEach((place, held) -> release(timely.get(place), held).ifPresent(credits::add));
        // All at once, so that accounts are locked in one order.
        tables.transfer(credits);
        tables.closeExpected(closed);

        List<Outcome> outcomes = new ArrayList<>(outcomes(payments, fresh));
        outcomes.addAll(outcomes(timely, counting.keySet()));
        decisions.stream().filter(decision -> !timely.contains(decision)).map(ResolutionAct::act).map(Outcome.Ignored::new)
                .forEach(outcomes::add);
        return outcomes;
    }

    private List<Transfer> judge(List<Arrival> arrivals) {
        Set<TradeNumber> numbers = new HashSet<>();
        arrivals.forEach(arrival -> numbers.add(arrival.payment().tradeNumber()));
        Map<TradeNumber, ExpectedOrder> expected = tables.expected(numbers);
        Set<TradeNumber> credited = tables.credited(numbers);

        List<Transfer> credits = new ArrayList<>();
        Map<PaymentKey, String> held = new HashMap<>();
        for (Arrival arrival : arrivals) {
            PaymentConfirmed payment = arrival.payment();
            PaymentKey key = PaymentKey.of(payment);
            ExpectedOrder promise = Optional.ofNullable(expected.get(payment.tradeNumber()))
                    .map(found -> found.closedBy(arrival.closedBefore())).orElse(null);
            switch (Judgement.of(payment, promise, credited.contains(payment.tradeNumber()))) {
                case Judgement.Credit(var userId, var quota, var late) -> {
                    credits.add(Transfer.ofOrder(payment.tradeNumber(), userId, quota, late, arrival.toldAt()));
                    credited.add(payment.tradeNumber());
                }
                case Judgement.Hold(var reason) -> held.put(key, reason.name());
            }
        }
        tables.hold(held);
        return credits;
    }

    private static Optional<Transfer> release(ResolutionAct decision, HoldReason held) {
        return switch (decision.act().resolution()) {
            case Resolution.Credit(var userId, var quota) -> Optional.of(Transfer.ofRelease(decision.act().tradeNumber(),
                    decision.payment(), userId, quota, held == HoldReason.LATE_PAYMENT, decision.toldAt()));
            case Resolution.Refund() -> Optional.empty();
        };
    }

    private List<Outcome> outcomes(List<PaymentConfirmed> payments, Set<PaymentKey> fresh) {
        Map<PaymentKey, TopUpEvent> facts = tables.outcomes(payments);
        return payments.stream().<Outcome>map(payment -> {
            PaymentKey key = PaymentKey.of(payment);
            return new Outcome.OfPayment(payment, Objects.requireNonNull(facts.get(key)), fresh.contains(key));
        }).toList();
    }

    private List<Outcome> outcomes(List<ResolutionAct> decisions, Collection<Integer> fresh) {
        Map<Integer, Optional<QuotaCredited>> counting = resolutions.outcomes(decisions);
        List<Outcome> outcomes = new ArrayList<>();
        for (int place = 0; place < decisions.size(); place++) {
            HoldResolved act = decisions.get(place).act();
            Optional<QuotaCredited> credited = counting.get(place);
            outcomes.add(credited == null ? new Outcome.Ignored(act) : new Outcome.OfDecision(act, credited, fresh.contains(place)));
        }
        return outcomes;
    }
}
