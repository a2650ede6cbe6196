package dev.sluice.log.follow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.log.follow.Refusals.Tried;
import dev.sluice.log.letter.DeadLetters;
import dev.sluice.log.letter.DeadLetters.SetAside;
import dev.sluice.log.position.Positions;

/// Applies a batch and moves the positions past it, in one transaction.
final class Booking {
    private final View view;
    private final Positions positions;
    private final Refusals refusals;
    private final DeadLetters deadLetters;
    private final TransactionTemplate transaction;
    private final TransactionTemplate part;

    Booking(View view, Positions positions, Refusals refusals, DeadLetters deadLetters, PlatformTransactionManager transactions) {
        this.view = view;
        this.positions = positions;
        this.refusals = refusals;
        this.deadLetters = deadLetters;
        transaction = new TransactionTemplate(transactions);
        part = new TransactionTemplate(transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
    }

    /// What came of a batch.
    ///
    /// @param tried    which of its records are rows now
    /// @param wentBack the partitions whose position is behind what was read from them before: the database went back in time, and nothing
    ///                 of them is booked
    record Booked(Tried tried, Set<TopicPartition> wentBack) {}

    /// How a batch came to be read.
    interface Reading {
        /// Where the reading of the batch began.
        long from(TopicPartition partition);

        /// Whether an operator has this record set aside when it is refused.
        boolean setsAside(TopicPartition partition, long offset);
    }

    /// Whether a record that cannot be read yet, or is refused, is a dead letter: by an operator's decision, or by an earlier one of this or
    /// another instance.
    boolean setsAside(ConsumerRecord<String, byte[]> raw, Reading reading) {
        if (reading.setsAside(new TopicPartition(raw.topic(), raw.partition()), raw.offset()) || isDeadLetter(raw)) {
            return true;
        }
        deadLetters.refresh();
        return isDeadLetter(raw);
    }

    /// Whether the view has gone on without this record; a view that writes none of what cannot be read follows the letters of the one that
    /// does. It stays left out at its place, also where it would be accepted now: what came after it was decided without it, and the log
    /// has the outcomes. It counts where it is appended again.
    private boolean isDeadLetter(ConsumerRecord<String, byte[]> raw) {
        return deadLetters.knows(view.name(), !view.setsAsideUnreadable() && !view.keepsEveryRecord(), raw);
    }

    /// Books a batch, all or nothing.
    ///
    /// @throws RecordsRefusedException when nothing is booked because of some records
    Booked book(Batch batch, Reading reading) {
        try {
            return book(batch, reading, false);
        } catch (DataIntegrityViolationException e) {
            return book(batch, reading, true);
        }
    }

    private Booked book(Batch batch, Reading reading, boolean carefully) {
        Predicate<LogRecord> decided = record -> setsAside(record.raw(), reading);
        Booked booked = transaction.execute(_ -> {
            Set<TopicPartition> wentBack = positions.lock(batch.ends().keySet()).entrySet().stream()
                    .filter(stored -> stored.getValue().next() < reading.from(stored.getKey())).map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            Batch rest = batch.without(wentBack);
            List<LogRecord> records = rest.records().stream().filter(record -> !isDeadLetter(record.raw())).toList();
            Tried tried = carefully
                    ? refusals.tryEach(records, some -> part.executeWithoutResult(_ -> view.apply(some)), decided)
                    : atOnce(records);
            positions.move(rest.ends());
            // Last before the commit: a database that is away lets none through, and a crash lets none get lost.
            setAside(rest, tried.refused());
            return new Booked(tried, wentBack);
        });
        refusals.committed(booked.tried());
        return booked;
    }

    private void setAside(Batch batch, Map<LogRecord, String> refused) {
        List<SetAside> letters = new ArrayList<>();
        refused.forEach((record, why) -> letters.add(new SetAside(record.raw(), why)));
        letters.addAll(batch.decided());
        if (view.setsAsideUnreadable()) {
            letters.addAll(batch.unreadable());
        }
        deadLetters.write(view.name(), letters);
    }

    private Tried atOnce(List<LogRecord> records) {
        if (!records.isEmpty()) {
            view.apply(records);
        }
        return new Tried(records, Map.of(), List.of());
    }
}
