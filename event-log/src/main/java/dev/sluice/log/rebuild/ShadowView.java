package dev.sluice.log.rebuild;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.log.follow.View;
import dev.sluice.log.follow.ViewDatabase;
import dev.sluice.log.history.LogHistory;
import dev.sluice.log.history.Span;
import dev.sluice.log.letter.KnownLetters;
import dev.sluice.log.position.Positions;
import dev.sluice.log.rebuild.RebuildRefusedException.Code;

/// A view of the shadow. [View#applied] is never called, so it appends nothing.
final class ShadowView {
    private final View view;
    private final ViewDatabase database;
    private final Positions positions;
    private final KnownLetters letters;
    private final Pace pace;

    ShadowView(View view, ViewDatabase database, KnownLetters letters, Pace pace) {
        this.view = view;
        this.database = database;
        this.letters = letters;
        this.pace = pace;
        positions = new Positions(database.jdbc(), view.name(), view.schema());
    }

    View view() {
        return view;
    }

    /// Where it stands.
    Map<TopicPartition, Long> next(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> next = new HashMap<>();
        positions.find(partitions).forEach((id, position) -> next.put(id, position.next()));
        return next;
    }

    void setBack(Map<TopicPartition, Long> to) {
        positions.begin(to.keySet());
        positions.moveToEnd(to);
    }

    /// Reads on up to these offsets, in large transactions: while one is written, the records of the next are decoded.
    ///
    /// @param done takes the number of the records that were applied, after each transaction
    /// @throws RebuildRefusedException when a record is not taken
    void follow(LogHistory<String> log, Map<TopicPartition, Long> to, LongConsumer done) {
        Map<TopicPartition, Span> spans = new HashMap<>();
        Map<TopicPartition, Span> there = log.spans(to.keySet());
        next(to.keySet()).forEach((id, next) -> {
            Span span = there.getOrDefault(id, new Span(0, 0));
            spans.put(id, new Span(Math.max(next, span.from()), Math.min(span.to(), to.getOrDefault(id, 0L))));
        });
        positions.begin(to.keySet());
        ExecutorService writer = Executors.newSingleThreadExecutor(task -> new Thread(task, "rebuild-" + view.name()));
        List<Future<?>> last = new ArrayList<>();
        try {
            log.read(spans, Limits.RECORDS_AT_A_TIME, raw -> {
                List<LogRecord> records = decode(raw);
                last.forEach(ShadowView::await);
                last.clear();
                last.add(writer.submit(() -> {
                    long began = System.nanoTime();
                    apply(records, ends(raw));
                    done.accept(raw.size());
                    pace.rest(System.nanoTime() - began);
                }));
            });
            last.forEach(ShadowView::await);
        } finally {
            writer.shutdownNow();
        }
        positions.move(to);
    }

    private static void await(Future<?> written) {
        try {
            written.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
        }
    }

    private static Map<TopicPartition, Long> ends(List<ConsumerRecord<String, byte[]>> raw) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        raw.forEach(record -> ends.merge(new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max));
        return ends;
    }

    /// Leaves out what the live view has set aside.
    private List<LogRecord> decode(List<ConsumerRecord<String, byte[]>> raw) {
        List<LogRecord> records = new ArrayList<>(raw.size());
        for (var record : raw) {
            if (letters.knows(view.name(), !view.setsAsideUnreadable(), record)) {
                continue;
            }
            switch (EventCodec.read(record)) {
                case DecodedRecord.Decoded content -> records.add(new LogRecord(record, content));
                case DecodedRecord.Unreadable(var why, var newer) when newer ->
                    throw new RebuildRefusedException(Code.NEWER_WRITER, place(record) + " is from a newer version (" + why
                            + "): use the version that runs");
                case DecodedRecord.Unreadable _ -> {
                }
            }
        }
        return records;
    }

    private static String place(ConsumerRecord<String, byte[]> record) {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }

    private void apply(List<LogRecord> records, Map<TopicPartition, Long> ends) {
        try {
            new TransactionTemplate(database.transactions()).executeWithoutResult(_ -> {
                // A shadow that is lost is made again. Only what is qualified is found.
                database.jdbc().sql("select set_config('synchronous_commit', 'off', true), set_config('search_path', '', true)").query()
                        .listOfRows();
                positions.lock(ends.keySet());
                if (!records.isEmpty()) {
                    view.apply(records);
                }
                positions.move(ends);
            });
        } catch (DataIntegrityViolationException e) {
            throw refused(records, "refuses a record", e);
        } catch (View.Contradiction e) {
            throw refused(records, "decides otherwise than the log", e);
        }
    }

    private RebuildRefusedException refused(List<LogRecord> records, String what, RuntimeException e) {
        return new RebuildRefusedException(Code.RECORD_REFUSED, "the shadow of the view " + view.name() + " " + what + " between "
                + place(records.getFirst().raw()) + " and " + place(records.getLast().raw()) + ": " + e.getMessage(), e);
    }
}
