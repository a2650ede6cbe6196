package dev.sluice.credit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.sluice.credit.ledger.Ledger;
import dev.sluice.credit.ledger.Ledger.Unpublished;
import dev.sluice.credit.ledger.Outcome;
import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent.FoundRefundResolved;
import dev.sluice.event.RefundEvent.QuotaReturned;
import dev.sluice.event.RefundEvent.QuotaTaken;
import dev.sluice.event.RefundEvent.RefundApproved;
import dev.sluice.event.RefundEvent.RefundDeclined;
import dev.sluice.event.RefundEvent.RefundFailed;
import dev.sluice.event.RefundEvent.RefundFound;
import dev.sluice.event.RefundEvent.RefundRefused;
import dev.sluice.event.RefundEvent.RefundRequested;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.RefundSucceeded;
import dev.sluice.log.EventCodec;
import dev.sluice.log.EventLog;
import dev.sluice.log.Topic;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.log.follow.View;

/// The ledger as a view of the log, and the only writer of outcomes. It books a poll, appends the outcomes after the commit, and marks them
/// as published when it reads them in the log.
///
/// Of a partition that it was just assigned, it appends nothing before it has read what the log had by then: the outcomes may all be there.
@Component
class LedgerView implements View {
    private static final int OUTCOMES_PER_APPEND = 100;

    private final Ledger ledger;
    private final EventLog log;
    private final OutcomeReport report;
    /// The partitions that were read to the end that they had when they were assigned.
    private final Set<Integer> live = new HashSet<>();
    /// Outcomes that this process appended and has not read yet, with their partition.
    private final Map<UUID, Integer> onTheWay = new HashMap<>();

    LedgerView(Ledger ledger, EventLog log, OutcomeReport report) {
        this.ledger = ledger;
        this.log = log;
        this.report = report;
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.EVENTS);
    }

    @Override
    public String schema() {
        return "ledger";
    }

    @Override
    public boolean setsAsideUnreadable() {
        return true;
    }

    @Override
    public void apply(List<LogRecord> records) {
        List<Outcome> outcomes = ledger.book(records);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                outcomes.forEach(report::write);
            }
        });
    }

    @Override
    public void applied(List<LogRecord> records) {
        Set<Integer> decided = new HashSet<>();
        for (LogRecord record : records) {
            switch (record.event().orElseThrow()) {
                case PaymentConfirmed _,HoldResolved _,RefundRequested _,RefundDeclined _,RefundSucceeded _,RefundFailed _,FoundRefundResolved _ ->
                    decided.add(record.partition());
                case RefundReserved _,RefundRefused _,QuotaTaken _,QuotaReturned _ ->
                    onTheWay.remove(record.event().map(EventCodec::idOf).orElseThrow());
                case QuotaCredited credited -> onTheWay.remove(EventCodec.idOf(credited));
                case PaymentHeld held -> onTheWay.remove(EventCodec.idOf(held));
                case OrderCreated _,OrderClosed _,CheckRequested _,CancelRequested _,RefundApproved _,RefundFound _ -> {
                }
            }
        }
        decided.retainAll(live);
        publish(decided);
    }

    @Override
    public void assigned(Set<TopicPartition> partitions) {
        live.removeAll(numbers(partitions));
        onTheWay.values().removeAll(numbers(partitions));
    }

    @Override
    public void caughtUp(Set<TopicPartition> partitions) {
        publish(numbers(partitions));
        live.addAll(numbers(partitions));
    }

    private static Set<Integer> numbers(Set<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    private void publish(Set<Integer> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        List<Unpublished> missing = ledger.unpublished(partitions).stream()
                .filter(outcome -> !onTheWay.containsKey(EventCodec.idOf(outcome.fact()))).toList();
        for (int from = 0; from < missing.size(); from += OUTCOMES_PER_APPEND) {
            List<Unpublished> slice = missing.subList(from, Math.min(missing.size(), from + OUTCOMES_PER_APPEND));
            log.append(slice.stream().map(Unpublished::fact).toList());
            slice.forEach(outcome -> onTheWay.put(EventCodec.idOf(outcome.fact()), outcome.partition()));
        }
    }
}
