package dev.sluice.reconcile.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.springframework.stereotype.Component;

import dev.sluice.event.RefundEvent;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.Topic;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.log.follow.View;
import dev.sluice.reconcile.audit.AuditRow.Amounts;
import dev.sluice.reconcile.audit.AuditRow.Place;
import dev.sluice.reconcile.audit.AuditRow.Subject;

/// Every record of the log as a row of the audit. A rebuild makes the same rows with the same hashes: nothing in a row depends on when, or
/// in what company, its record was read. A poll costs three statements.
@Component
class AuditView implements View {
    private static final byte[] NOTHING = {};

    private final AuditRows rows;

    AuditView(AuditRows rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.EVENTS, Topic.BOOKS);
    }

    @Override
    public String schema() {
        return "audit";
    }

    @Override
    public boolean keepsEveryRecord() {
        return true;
    }

    @Override
    public void apply(List<LogRecord> records) {
        Map<TopicPartition, LastRow> heads = rows.heads(records.stream().map(LogRecord::topicPartition).collect(Collectors.toSet()));
        List<LogRecord> fresh = records.stream()
                .filter(record -> record.offset() > heads.getOrDefault(record.topicPartition(), LastRow.NONE).offset()).toList();
        if (fresh.isEmpty()) {
            return;
        }
        Known known = rows.known(fresh.stream().map(record -> idOf(record.content())).flatMap(Optional::stream).toList(),
                fresh.stream().map(record -> meaning(record).subject().tradeNumber())
                        .flatMap(number -> Optional.ofNullable(number).stream())
                        .distinct().toList());
        Map<TopicPartition, LastRow> ends = new HashMap<>(heads);
        List<ChainedRow> chained = new ArrayList<>(fresh.size());
        for (LogRecord record : fresh) {
            LastRow before = ends.getOrDefault(record.topicPartition(), LastRow.NONE);
            AuditRow row = row(record, before.number() + 1, known);
            byte[] hash = Chain.hash(before.hash(), row);
            chained.add(new ChainedRow(row, hash));
            ends.put(record.topicPartition(), new LastRow(record.offset(), before.number() + 1, hash));
        }
        rows.insert(chained);
    }

    private static AuditRow row(LogRecord record, long number, Known known) {
        ConsumerRecord<String, byte[]> raw = record.raw();
        Meaning meaning = meaning(record);
        String id = idOf(record.content()).orElse("");
        boolean repeated = known.isRepeated(id);
        Subject subject = known.about(meaning.subject());
        Amounts amounts = repeated || endsTwice(record, known) ? Amounts.NONE : amounts(meaning, known);
        String type = type(raw);
        known.add(id, type, subject);
        return new AuditRow(new Place(raw.topic(), raw.partition(), raw.offset(), number), id, type, at(record), repeated, subject, amounts,
                raw.value() == null ? NOTHING : raw.value());
    }

    /// Quota of a refund that was found at the provider was never held: it is taken from the user's account.
    private static Amounts amounts(Meaning meaning, Known known) {
        return known.wasFound(meaning.subject()) ? meaning.amounts().fromUser() : meaning.amounts();
    }

    /// Money that rested with the provider and then reached the payer left the merchant once.
    private static boolean endsTwice(LogRecord record, Known known) {
        return record.event().orElse(null) instanceof RefundEvent.RefundSucceeded refund
                && known.hasEnded(refund.tradeNumber().value(), refund.refundNumber().value());
    }

    private static Meaning meaning(LogRecord record) {
        return switch (record.content()) {
            case DecodedRecord.Fact fact -> Meaning.of(fact.event());
            case DecodedRecord.OfBooks books -> Meaning.of(books.fact());
            case DecodedRecord.OfNotification _,DecodedRecord.OfAnswer _,DecodedRecord.Watched _,DecodedRecord.NotUnderstood _ ->
                Meaning.NONE;
        };
    }

    private static Optional<String> idOf(DecodedRecord.Decoded content) {
        return switch (content) {
            case DecodedRecord.Fact fact -> Optional.of(fact.id().toString());
            case DecodedRecord.OfBooks books -> Optional.of(books.id().toString());
            case DecodedRecord.OfNotification _,DecodedRecord.OfAnswer _,DecodedRecord.Watched _,DecodedRecord.NotUnderstood _ ->
                Optional.empty();
        };
    }

    private static Instant at(LogRecord record) {
        Instant at = switch (record.content()) {
            case DecodedRecord.Fact fact -> fact.at();
            case DecodedRecord.OfBooks books -> books.at();
            case DecodedRecord.OfNotification _,DecodedRecord.OfAnswer _,DecodedRecord.Watched _,DecodedRecord.NotUnderstood _ ->
                Instant.ofEpochMilli(Math.max(0, record.raw().timestamp()));
        };
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    /// As the record names it, without what PostgreSQL cannot keep.
    private static String type(ConsumerRecord<String, byte[]> raw) {
        Header type = raw.headers().lastHeader("ce_type");
        return type == null || type.value() == null ? "" : new String(type.value(), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}
