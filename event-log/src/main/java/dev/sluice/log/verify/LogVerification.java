package dev.sluice.log.verify;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import dev.sluice.log.DeadLetter;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.history.LogHistory;
import dev.sluice.log.history.Span;
import dev.sluice.log.letter.DeadLetterTopic;
import dev.sluice.log.letter.KnownLetters;
import dev.sluice.log.verify.Violation.Promise;

/// Walks through all facts, partition by partition, and checks the promises as far as the log shows them. Memory is bounded by the orders of
/// one walk, and by the users.
public final class LogVerification implements AutoCloseable {
    /// The view whose dead letters are not in the ledger.
    private static final String LEDGER = "ledger";

    private final LogHistory<String> log;
    private final KnownLetters letters;
    private final LongConsumer progress;
    private final Findings findings = new Findings();
    private final Balances balances = new Balances();
    private final Counts counts = new Counts();

    private static final class Counts {
        private long records;
        private long orders;
        private long waiting;
        private long setAside;
        private Instant newest = Instant.EPOCH;
    }

    private LogVerification(LogHistory<String> log, KnownLetters letters, LongConsumer progress) {
        this.log = log;
        this.letters = letters;
        this.progress = progress;
    }

    /// Connects to the log.
    ///
    /// @param progress takes the number of records that were read, from time to time
    public static LogVerification of(KafkaCluster cluster, LongConsumer progress) {
        return new LogVerification(LogHistory.open(cluster), new KnownLetters(DeadLetterTopic.of(cluster, Clock.systemUTC()),
                Clock.systemUTC()), progress);
    }

    /// Reads up to where the log ends now.
    ///
    /// @throws KafkaException when the log does not answer
    public Verdict run() {
        letters.read();
        Map<TopicPartition, Span> spans = new TreeMap<>((a, b) -> Integer.compare(a.partition(), b.partition()));
        spans.putAll(log.spans(log.partitions(Set.of(Topic.EVENTS))));
        spans.forEach((id, span) -> {
            if (span.from() > 0) {
                findings.add(Promise.G4, id.toString(), id + "/0", "the log begins at " + span.from() + ": facts are lost");
            }
            long walks = 1 + span.length() / Limits.RECORDS_PER_WALK;
            for (long walk = 0; walk < walks; walk++) {
                walk(id, span, walk, walks);
            }
        });
        balances.end(findings);
        return new Verdict(counts.records, counts.orders, counts.waiting, counts.setAside, findings.violations(), findings.first());
    }

    private void walk(TopicPartition id, Span span, long walk, long walks) {
        Map<String, OrderTrace> orders = new HashMap<>();
        Balances.OfPartition moves = balances.new OfPartition();
        log.read(Map.of(id, span), Limits.RECORDS_AT_A_TIME, records -> {
            records.stream().filter(record -> record.key() == null ? walk == 0 : Math.floorMod(record.key().hashCode(), walks) == walk)
                    .forEach(record -> apply(record, orders, moves));
            progress.accept(walk == 0 ? records.size() : 0);
        });
        counts.orders += orders.size();
        orders.forEach((number, order) -> counts.waiting += order.end(number, counts.newest));
    }

    private void apply(ConsumerRecord<String, byte[]> record, Map<String, OrderTrace> orders, Balances.OfPartition moves) {
        counts.records++;
        if (letters.knows(LEDGER, false, record)) {
            counts.setAside++;
            return;
        }
        String place = record.topic() + "/" + record.partition() + "/" + record.offset();
        switch (EventCodec.read(record)) {
            case DecodedRecord.Fact fact -> {
                if (!fact.id().equals(EventCodec.idOf(fact.event()))) {
                    findings.add(Promise.G4, record.key(), place, "the fact has the id of another one");
                }
                counts.newest = fact.at().isAfter(counts.newest) ? fact.at() : counts.newest;
                orders.computeIfAbsent(record.key(), _ -> new OrderTrace(findings)).apply(fact.event(), fact.at(), place,
                        DeadLetter.isRedriven(record));
                moves.apply(fact.event());
            }
            case DecodedRecord.Unreadable(var why, _) -> findings.add(Promise.G4, String.valueOf(record.key()), place,
                    "not readable, and not among the dead letters: " + why);
            case DecodedRecord.Decoded _ -> {
            }
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
