package dev.sluice.credit.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.credit.proof.ProofStatements.Part;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.log.Topic;

/// Reads the facts that move quota, with a client of its own: what the ledger has read may be what is wrong with it.
@Component
class LogReading {
    private final ConsumerFactory<String, byte[]> consumers;

    LogReading(ConsumerFactory<String, byte[]> consumers) {
        this.consumers = consumers;
    }

    /// Takes the transfers that some records report.
    interface Comparison {
        /// Compares some.
        ///
        /// @param to the offset after the last of the records
        /// @return whether to go on
        boolean compare(List<MovedQuota> reported, long to);
    }

    /// Reads a part of a partition, some records at a time, until the comparison wants no more or the time is over.
    void read(int partition, Part part, long deadline, Comparison comparison) {
        Properties own = new Properties();
        own.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        own.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        own.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        own.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(Limits.RECORDS_AT_A_TIME));
        Consumer<String, byte[]> consumer = consumers.createConsumer(null, "sluice-proof", null, own);
        try {
            var events = new TopicPartition(Topic.EVENTS.topicName(), partition);
            consumer.assign(List.of(events));
            consumer.seek(events, part.from());
            boolean goesOn = true;
            while (goesOn && consumer.position(events) < part.to() && System.nanoTime() < deadline) {
                List<MovedQuota> reported = new ArrayList<>();
                long to = -1;
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Limits.POLL_WITHIN)) {
                    if (record.offset() < part.to()) {
                        moved(record).ifPresent(reported::add);
                        to = record.offset() + 1;
                    }
                }
                goesOn = to < 0 || comparison.compare(reported, to);
            }
        } finally {
            consumer.close(CloseOptions.timeout(Limits.CLOSE_WITHIN));
        }
    }

    private static Optional<MovedQuota> moved(ConsumerRecord<String, byte[]> record) {
        return EventCodec.read(record) instanceof DecodedRecord.Fact fact ? MovedQuota.of(fact.event()) : Optional.empty();
    }
}
