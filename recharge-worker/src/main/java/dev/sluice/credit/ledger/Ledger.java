package dev.sluice.credit.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.follow.LogRecord;

/// Books a batch in one transaction. It may be given the same facts any number of times, in any company: it books each once. What it
/// decided is an outcome that belongs into the log; the ledger knows which outcomes the log has, because it reads them there.
@Component
public class Ledger {
    private final LedgerStatements tables;
    private final Transfers transfers;
    private final HoldResolutions resolutions;
    private final Publications publications;

    Ledger(LedgerStatements tables, Transfers transfers, HoldResolutions resolutions, Publications publications) {
        this.tables = tables;
        this.transfers = transfers;
        this.resolutions = resolutions;
        this.publications = publications;
    }

    /// A batch by subject. The first occurrence of a payment or closing counts, in the order of the log, as it would if each came alone.
    private record Sorted(List<OrderCreated> created, Map<TradeNumber, OrderClosure> closed, Map<PaymentKey, PaymentArrival> arrivals,
            List<ResolutionAct> decisions, List<QuotaCredited> credits, List<PaymentHeld> holds) {
        static Sorted of(List<LogRecord> records) {
            Sorted sorted = new Sorted(new ArrayList<>(), new HashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(),
                    new ArrayList<>());
            for (LogRecord record : records) {
                if (record.content() instanceof DecodedRecord.Fact fact) {
                    sorted.add(fact.event(), fact.at(), record.partition());
                }
            }
            return sorted;
        }

        private void add(TopUpEvent event, Instant at, int partition) {
            switch (event) {
                case OrderCreated order -> created.add(order);
                case OrderClosed order -> closed.putIfAbsent(order.tradeNumber(), new OrderClosure(order.latePayment(), at));
                case PaymentConfirmed payment -> arrivals.putIfAbsent(PaymentKey.of(payment), new PaymentArrival(payment, at, partition,
                        Optional.ofNullable(closed.get(payment.tradeNumber())).map(OrderClosure::latePayment).orElse(null)));
                case HoldResolved act -> decisions.add(new ResolutionAct(act, at,
                        !arrivals.containsKey(new PaymentKey(act.provider(), act.transactionId()))));
                case QuotaCredited credited -> credits.add(credited);
                case PaymentHeld held -> holds.add(held);
                case CheckRequested _,CancelRequested _ -> {
                }
            }
        }
    }

    /// Books all of it or nothing, in the transaction that there is.
    ///
    /// @return what was decided just now, payments first
    @Transactional
    public List<Outcome> book(List<LogRecord> records) {
        Sorted batch = Sorted.of(records);
        tables.insertExpected(batch.created());
        Set<PaymentKey> fresh = tables.insertPayments(batch.arrivals().values());
        List<Outcome> outcomes = new ArrayList<>();
        List<Transfer> moves = new ArrayList<>(
                judge(batch.arrivals().values().stream().filter(arrival -> fresh.contains(arrival.key())).toList(), outcomes));
        moves.addAll(resolve(batch.decisions(), fresh, outcomes));
        // All at once, so that accounts are locked in one order.
        transfers.move(moves);
        tables.closeExpected(batch.closed());
        publications.found(batch.credits(), batch.holds());
        return outcomes;
    }

    private List<Transfer> judge(List<PaymentArrival> arrivals, List<Outcome> outcomes) {
        if (arrivals.isEmpty()) {
            return List.of();
        }
        Set<TradeNumber> numbers = new HashSet<>();
        arrivals.forEach(arrival -> numbers.add(arrival.payment().tradeNumber()));
        Map<TradeNumber, ExpectedOrder> expected = tables.expected(numbers);
        Set<TradeNumber> credited = tables.credited(numbers);

        List<Transfer> credits = new ArrayList<>();
        Map<PaymentKey, HoldReason> held = new HashMap<>();
        for (PaymentArrival arrival : arrivals) {
            PaymentConfirmed payment = arrival.payment();
            ExpectedOrder promise = Optional.ofNullable(expected.get(payment.tradeNumber()))
                    .map(found -> found.closedBy(arrival.closedBefore())).orElse(null);
            switch (Judgement.of(payment, promise, credited.contains(payment.tradeNumber()))) {
                case Judgement.Credit(var user, var quota, var late) -> {
                    credits.add(Transfer.ofOrder(payment.tradeNumber(), user, quota, late, arrival.at()));
                    credited.add(payment.tradeNumber());
                    outcomes.add(new Outcome.Credited(payment, user, quota, late));
                }
                case Judgement.Hold(var reason) -> {
                    held.put(arrival.key(), reason);
                    outcomes.add(new Outcome.Held(payment, reason));
                }
            }
        }
        tables.hold(held);
        return credits;
    }

    private List<Transfer> resolve(List<ResolutionAct> decisions, Collection<PaymentKey> fresh, List<Outcome> outcomes) {
        // A payment that came just now cannot have been decided about before it came.
        List<ResolutionAct> timely = decisions.stream().filter(decision -> !decision.early() || !fresh.contains(decision.payment()))
                .toList();
        Map<Integer, HoldReason> counting = resolutions.resolve(timely);
        Set<Integer> known = resolutions.known(timely);
        List<Transfer> releases = new ArrayList<>();
        for (int place = 0; place < timely.size(); place++) {
            ResolutionAct decision = timely.get(place);
            HoldReason held = counting.get(place);
            if (held != null) {
                release(decision, held).ifPresent(releases::add);
                outcomes.add(new Outcome.Resolved(decision.act()));
            } else if (!known.contains(place)) {
                outcomes.add(new Outcome.Ignored(decision.act()));
            }
        }
        decisions.stream().filter(decision -> !timely.contains(decision)).map(ResolutionAct::act).map(Outcome.Ignored::new)
                .forEach(outcomes::add);
        return releases;
    }

    private static Optional<Transfer> release(ResolutionAct decision, HoldReason held) {
        return switch (decision.act().resolution()) {
            case Resolution.Credit(var user, var quota) -> Optional.of(Transfer.ofRelease(decision.act().tradeNumber(), decision.payment(),
                    user, quota, held == HoldReason.LATE_PAYMENT, decision.at()));
            case Resolution.Refund() -> Optional.empty();
        };
    }

    /// An outcome that the ledger has not read in the log.
    ///
    /// @param fact      the same, with the same id, however often it is asked for
    /// @param partition of `sluice.events`, where it belongs
    public record Unpublished(TopUpEvent fact, int partition) {}

    /// The unpublished outcomes of those partitions.
    public List<Unpublished> unpublished(Set<Integer> partitions) {
        return publications.missing(partitions);
    }
}
