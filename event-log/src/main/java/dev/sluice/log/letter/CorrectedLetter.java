package dev.sluice.log.letter;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

import dev.sluice.log.DeadLetter;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;

/// A dead letter that an operator has corrected.
public final class CorrectedLetter {
    private static final String ID = "ce_id";

    private CorrectedLetter() {}

    /// The letter with another content: a fact gets the id that it has by its content.
    ///
    /// @throws IllegalArgumentException when the content is not one of the letter's type and key
    public static ConsumerRecord<String, byte[]> of(DeadLetter letter, byte[] content) {
        ConsumerRecord<String, byte[]> corrected = record(letter, letter.raw().topic(), content, new RecordHeaders(letter.raw().headers()));
        switch (EventCodec.read(record(letter, letter.topic().topicName(), content, new RecordHeaders(letter.raw().headers())))) {
            case DecodedRecord.Fact fact -> {
                corrected.headers().remove(ID);
                corrected.headers().add(ID, EventCodec.idOf(fact.event()).toString().getBytes(StandardCharsets.UTF_8));
            }
            case DecodedRecord.Unreadable(var why, _) -> throw new IllegalArgumentException("the content cannot be read: " + why);
            case DecodedRecord.Decoded _ -> {
            }
        }
        return corrected;
    }

    private static ConsumerRecord<String, byte[]> record(DeadLetter letter, String topic, byte[] content, RecordHeaders headers) {
        ConsumerRecord<String, byte[]> raw = letter.raw();
        return new ConsumerRecord<>(topic, raw.partition(), raw.offset(), raw.timestamp(), TimestampType.CREATE_TIME,
                raw.serializedKeySize(), content.length, raw.key(), content, headers, Optional.empty());
    }
}
