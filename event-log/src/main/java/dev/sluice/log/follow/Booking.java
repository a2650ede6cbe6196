package dev.sluice.log.follow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.log.EventLog;
import dev.sluice.log.follow.Batch.DeadLetter;

/// Applies a batch and moves the positions past it, in one transaction.
final class Booking {
    private final View view;
    private final Positions positions;
    private final Refusals refusals;
    private final EventLog log;
    private final TransactionTemplate transaction;
    private final TransactionTemplate part;

    Booking(View view, Positions positions, Refusals refusals, EventLog log, PlatformTransactionManager transactions) {
        this.view = view;
        this.positions = positions;
        this.refusals = refusals;
        this.log = log;
        transaction = new TransactionTemplate(transactions);
        part = new TransactionTemplate(transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
    }

    /// What came of a batch.
    ///
    /// @param applied    the records that are rows now
    /// @param refused    the dead letters that the database does not take
    /// @param unreadable the dead letters that no version can read
    /// @param wentBack   the partitions whose position is behind what was read from them before: the database went back in time, and
    ///                   nothing of them is booked
    record Booked(List<LogRecord> applied, List<DeadLetter> refused, List<DeadLetter> unreadable, Set<TopicPartition> wentBack) {}

    /// Books a batch, all or nothing.
    ///
    /// @param from where the reading of the batch began in each partition
    /// @throws RecordsRefusedException when nothing is booked because of some records
    Booked book(Batch batch, ToLongFunction<TopicPartition> from) {
        try {
            return book(batch, from, false);
        } catch (DataIntegrityViolationException e) {
            return book(batch, from, true);
        }
    }

    private Booked book(Batch batch, ToLongFunction<TopicPartition> from, boolean carefully) {
        Booked booked = transaction.execute(_ -> {
            Set<TopicPartition> wentBack = positions.lock(batch.ends().keySet()).entrySet().stream()
                    .filter(stored -> stored.getValue() < from.applyAsLong(stored.getKey())).map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            Batch rest = batch.without(wentBack);
            List<DeadLetter> refused = new ArrayList<>();
            List<LogRecord> applied = carefully ? carefully(rest.records(), refused) : atOnce(rest.records());
            positions.move(rest.ends());
            // Last before the commit: a database that is away lets none through, and a crash lets none get lost.
            refused.forEach(this::setAside);
            if (view.setsAsideUnreadable()) {
                rest.unreadable().forEach(this::setAside);
            }
            return new Booked(applied, refused, rest.unreadable(), wentBack);
        });
        refusals.committed(booked.applied(), booked.refused().size());
        return booked;
    }

    private void setAside(DeadLetter letter) {
        log.deadLetter(letter.raw(), view.name() + ": " + letter.why());
    }

    private List<LogRecord> atOnce(List<LogRecord> records) {
        if (!records.isEmpty()) {
            view.apply(records);
        }
        return records;
    }

    private List<LogRecord> carefully(List<LogRecord> records, Collection<DeadLetter> letters) {
        Bisection tried = Bisection.of(records, some -> part.executeWithoutResult(_ -> view.apply(some)));
        refusals.judge(tried);
        tried.refused().forEach((record, why) -> letters.add(new DeadLetter(record.raw(), why)));
        return tried.applied();
    }
}
