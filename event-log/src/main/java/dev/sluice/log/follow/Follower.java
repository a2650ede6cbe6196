package dev.sluice.log.follow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;

import dev.sluice.log.follow.FollowedPartition.Halt;
import dev.sluice.log.letter.DeadLetters.SetAside;

/// Reads the log for one view. Each poll is booked in one transaction with the positions, and what the database does not take, or a
/// database or broker that is away, is dealt with here, so that the container never sees an exception. Kafka's committed offsets are never
/// read; they show the lag.
final class Follower
        implements
            BatchAcknowledgingConsumerAwareMessageListener<String, byte[]>,
            ApplicationEventPublisher,
            CommonErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final String CONTRADICTION = "the log contradicts what the view has decided";

    private final View view;
    private final Booking booking;
    private final Assignment assignment;
    private int atATime = Limits.RECORDS_AT_A_TIME;
    private volatile long lag;

    Follower(View view, Booking booking, Assignment assignment, MeterRegistry meters) {
        this.view = view;
        this.booking = booking;
        this.assignment = assignment;
        Gauge.builder("sluice.view.lag", () -> lag).description("Records that a view has left to read").tag("view", view.name())
                .register(meters);
        for (PauseReason reason : PauseReason.values()) {
            Gauge.builder("sluice.view.paused", () -> assignment.paused(reason)).description("Partitions that a view reads no further")
                    .tag("view", view.name()).tag("reason", reason.label()).register(meters);
        }
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> polled, @Nullable Acknowledgment notUsed, @Nullable Consumer<?, ?> ours) {
        Consumer<?, ?> consumer = Objects.requireNonNull(ours);
        assignment.begin();
        int done = 0;
        try {
            while (done < polled.size()) {
                int end = Math.min(polled.size(), done + atATime);
                book(wanted(polled.subList(done, end)), consumer);
                done = end;
                atATime = Math.min(Limits.RECORDS_AT_A_TIME, atATime * 2);
            }
        } catch (RuntimeException e) {
            atATime = Math.max(1, Math.min(atATime, polled.size() - done) / 2);
            again(wanted(polled.subList(done, polled.size())), consumer, e);
        }
        tick(consumer);
    }

    private List<ConsumerRecord<String, byte[]>> wanted(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().filter(record -> assignment.wants(partition(record))).toList();
    }

    private static TopicPartition partition(ConsumerRecord<String, byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private void book(List<ConsumerRecord<String, byte[]>> records, Consumer<?, ?> consumer) {
        if (records.isEmpty()) {
            return;
        }
        Batch batch = Batch.of(records, view.keepsEveryRecord(), record -> booking.setsAside(record, assignment));
        Map<TopicPartition, Halt> halts = new HashMap<>(batch.halts());
        Booking.Booked booked = null;
        while (booked == null) {
            try {
                booked = booking.book(batch, assignment);
            } catch (RecordsRefusedException e) {
                // Each time less, until what is left is taken.
                halts.putAll(e.first());
                batch = batch.before(e.first());
            } catch (View.Contradiction e) {
                batch = contradicted(batch, e, halts);
            }
        }
        Map<TopicPartition, Long> ends = batch.without(booked.wentBack()).ends();
        assignment.book(ends);
        if (!view.setsAsideUnreadable()) {
            batch.without(booked.wentBack()).unreadable().forEach(this::reportNotUnderstood);
        }
        List<LogRecord> applied = booked.tried().applied();
        if (!applied.isEmpty()) {
            view.applied(applied);
        }
        assignment.wentBack(consumer, booked.wentBack());
        halts.keySet().removeAll(booked.wentBack());
        halts.forEach((id, halt) -> assignment.pause(consumer, id, halt));
        commit(consumer, ends);
    }

    /// Without the records that contradict the view, where an operator has them set aside; else only with what stands before them.
    private Batch contradicted(Batch batch, View.Contradiction e, Map<TopicPartition, Halt> halts) {
        List<LogRecord> aside = e.records().stream()
                .filter(record -> assignment.setsAside(record.topicPartition(), record.offset())).toList();
        if (!aside.isEmpty()) {
            return batch.settingAside(aside, CONTRADICTION);
        }
        Map<TopicPartition, Halt> first = new HashMap<>();
        e.records().forEach(record -> first.putIfAbsent(record.topicPartition(),
                new Halt(record.offset(), PauseReason.CONTRADICTS_LOG, CONTRADICTION)));
        halts.putAll(first);
        return batch.before(first);
    }

    private void reportNotUnderstood(SetAside record) {
        LOG.atWarn().addKeyValue("view", view.name()).addKeyValue("trade_no", record.raw().key())
                .addKeyValue("partition", partition(record.raw())).addKeyValue("offset", record.raw().offset())
                .addKeyValue("why", record.why()).log("record not understood");
    }

    private static void commit(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        ends.forEach((id, end) -> offsets.put(id, new OffsetAndMetadata(end)));
        consumer.commitAsync(offsets, (_, e) -> {
            if (e != null) {
                LOG.atDebug().addKeyValue("why", e.toString()).log("offsets not committed");
            }
        });
    }

    private void again(List<ConsumerRecord<String, byte[]>> records, Consumer<?, ?> consumer, RuntimeException cause) {
        LOG.atWarn().addKeyValue("view", view.name()).addKeyValue("records", records.size()).addKeyValue("why", cause.toString())
                .log("records not booked, trying again");
        Map<TopicPartition, Long> first = new HashMap<>();
        records.forEach(record -> first.putIfAbsent(partition(record), record.offset()));
        assignment.again(consumer, first);
        pauseBriefly();
    }

    private static void pauseBriefly() {
        try {
            Thread.sleep(Limits.BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick(Consumer<?, ?> consumer) {
        try {
            assignment.tick(consumer);
            lag = consumer.assignment().stream().mapToLong(id -> consumer.currentLag(id).orElse(0)).sum();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("view", view.name()).addKeyValue("why", e.toString()).log("view waits, trying again");
            pauseBriefly();
        }
    }

    /// The container's events; idle is the one that matters.
    @Override
    public void publishEvent(Object event) {
        if (event instanceof ListenerContainerIdleEvent idle && idle.getConsumer() != null) {
            assignment.begin();
            tick(idle.getConsumer());
        }
    }

    /// A poll that failed. An offset that the log does not have means that the log lost records while they were followed: nothing more is
    /// read there, also when the log has grown past that offset by now.
    @Override
    public void handleOtherException(Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        if (thrown instanceof InvalidOffsetException invalid) {
            assignment.logWasCut(consumer, invalid);
        } else {
            LOG.atWarn().addKeyValue("view", view.name()).addKeyValue("why", thrown.toString()).log("cannot read the log, trying again");
            pauseBriefly();
        }
    }
}
