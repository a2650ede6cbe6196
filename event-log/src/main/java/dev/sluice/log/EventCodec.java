package dev.sluice.log;

import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

import com.github.f4b6a3.uuid.UuidCreator;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.OrderWatched;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.books.BooksFact;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.setting.SettingsChanged;

/// Events and notifications as Kafka records: CloudEvents 1.0 in binary mode, the value in JSON.
public final class EventCodec {
    /// Name space of the ids of facts. It never changes: the same fact must get the same id for ever.
    private static final UUID FACTS = UUID.fromString("6f1d9c58-6d0c-4c3e-9d1b-3f6f0f6a7c01");
    private static final String JSON = "application/json";
    private static final String SIGNATURE = "signature";

    /// Money is not guessed: no fraction becomes whole, no text becomes a number, no field may be duplicate or missing.
    /// Unknown fields are ignored: a newer writer may add some.
    static final JsonMapper MAPPER = JsonMapper
            .builder()
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private EventCodec() {}

    /// The id of a fact: UUIDv5 of trade number, type and natural key.
    public static UUID idOf(TopUpEvent event) {
        String name = String.join("\n", event.tradeNumber().value(), EventTypes.name(event.getClass()),
                event.naturalKey());
        return UuidCreator.getNameBasedSha1(FACTS, name);
    }

    /// The id of a fact about the books: UUIDv5 of type and natural key.
    public static UUID idOf(BooksFact fact) {
        return UuidCreator.getNameBasedSha1(FACTS, String.join("\n", EventTypes.name(fact.getClass()), fact.naturalKey()));
    }

    static ProducerRecord<String, byte[]> encode(BooksFact fact, URI source, Instant at) {
        CloudEvent envelope = envelope(idOf(fact).toString(), fact, source, at).build();
        return KafkaMessageFactory.<String>createWriter(Topic.BOOKS.topicName(), null, at.toEpochMilli(), fact.naturalKey())
                .writeBinary(envelope);
    }

    static ProducerRecord<String, byte[]> encode(TopUpEvent event, URI source, Instant at) {
        CloudEvent envelope = envelope(idOf(event).toString(), event, source, at)
                .withSubject(event.tradeNumber().value()).build();
        return KafkaMessageFactory
                .<String>createWriter(Topic.EVENTS.topicName(), null, at.toEpochMilli(), event.tradeNumber().value())
                .writeBinary(envelope);
    }

    static ProducerRecord<String, byte[]> encode(Notification notification, URI source) {
        CloudEvent envelope = envelope(notification.id(), notification, source, notification.receivedAt()).build();
        return KafkaMessageFactory
                .<String>createWriter(topicOf(notification).topicName(), null, notification.receivedAt().toEpochMilli(),
                        keyOf(notification))
                .writeBinary(envelope);
    }

    private static Topic topicOf(Notification notification) {
        return notification.verdict() == NotificationVerdict.FORGED ? Topic.FORGERIES : Topic.NOTIFICATIONS;
    }

    /// What a forged one names does not decide where it is kept.
    private static String keyOf(Notification notification) {
        boolean isNamed = notification.verdict() != NotificationVerdict.FORGED && !notification.tradeNumber().isEmpty();
        return isNamed ? notification.tradeNumber() : notification.id();
    }

    static ProducerRecord<String, byte[]> encode(ProviderAnswer answer, URI source) {
        CloudEvent envelope = envelope(answer.id(), answer, source, answer.answeredAt()).withSubject(answer.tradeNumber().value()).build();
        return KafkaMessageFactory
                .<String>createWriter(Topic.NOTIFICATIONS.topicName(), null, answer.answeredAt().toEpochMilli(),
                        answer.tradeNumber().value())
                .writeBinary(envelope);
    }

    static ProducerRecord<String, byte[]> encode(OrderWatched page, URI source, Instant at) {
        CloudEvent envelope = envelope(UUID.randomUUID().toString(), page, source, at).withSubject(page.tradeNumber().value()).build();
        return KafkaMessageFactory
                .<String>createWriter(Topic.WATCH.topicName(), null, at.toEpochMilli(), page.tradeNumber().value())
                .writeBinary(envelope);
    }

    /// @param signer signs the bytes of the value
    static ProducerRecord<String, byte[]> encode(SettingsChanged change, URI source, UnaryOperator<byte[]> signer) {
        CloudEventBuilder envelope = envelope(change.id(), change, source, change.at());
        byte[] content = MAPPER.writeValueAsBytes(change);
        CloudEvent signed = envelope.withData(JSON, content)
                .withExtension(SIGNATURE, Base64.getEncoder().encodeToString(signer.apply(content))).build();
        return KafkaMessageFactory
                .<String>createWriter(Topic.SETTINGS.topicName(), null, change.at().toEpochMilli(), change.id())
                .writeBinary(signed);
    }

    private static CloudEventBuilder envelope(String id, Object said, URI source, Instant at) {
        return CloudEventBuilder
                .v1()
                .withId(id)
                .withType(EventTypes.name(said.getClass()))
                .withSource(source)
                .withTime(at.atOffset(ZoneOffset.UTC))
                .withData(JSON, MAPPER.writeValueAsBytes(said));
    }

    /// Reads a record of a topic that views follow. A fault in it is part of the answer, never an exception.
    public static DecodedRecord read(ConsumerRecord<String, byte[]> record) {
        try {
            CloudEvent envelope = KafkaMessageFactory.createReader(record).toEvent();
            Class<?> type = EventTypes.of(record.topic()).get(envelope.getType());
            if (type == null) {
                return new DecodedRecord.Unreadable("unknown type", EventTypes.newer(envelope.getType()));
            }
            OffsetDateTime at = envelope.getTime();
            if (envelope.getData() == null || at == null) {
                return unreadable("no data or no time");
            }
            return content(record.key(), envelope, at.toInstant(), MAPPER.readValue(envelope.getData().toBytes(), type));
        } catch (InvalidFormatException e) {
            return new DecodedRecord.Unreadable("not the JSON of its type: " + e.getClass().getSimpleName(),
                    e.getTargetType() != null && e.getTargetType().isEnum());
        } catch (InvalidTypeIdException e) {
            return new DecodedRecord.Unreadable("an alternative that this version does not know", e.getTypeId() != null);
        } catch (JacksonException e) {
            return unreadable("not the JSON of its type: " + e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            // Any library's exception at bytes from any writer: a record must never stop the partition.
            return unreadable("not a CloudEvent of ours: " + e.getClass().getSimpleName());
        }
    }

    private static DecodedRecord content(String key, CloudEvent envelope, Instant at, @Nullable Object content) {
        String source = envelope.getSource().toString();
        return switch (content) {
            case TopUpEvent event when !event.tradeNumber().value().equals(key) -> unreadable("the key is not the trade number");
            case TopUpEvent event -> new DecodedRecord.Fact(UUID.fromString(envelope.getId()), at, source, event);
            case BooksFact fact -> new DecodedRecord.OfBooks(UUID.fromString(envelope.getId()), at, source, fact);
            case Notification notification -> new DecodedRecord.OfNotification(source, notification);
            case ProviderAnswer answer -> new DecodedRecord.OfAnswer(source, answer);
            case OrderWatched watched -> new DecodedRecord.Watched(watched);
            case null, default -> unreadable("no content");
        };
    }

    private static DecodedRecord.Unreadable unreadable(String why) {
        return new DecodedRecord.Unreadable(why, false);
    }

    /// Reads a value that was kept beside its topic and its type on the wire; nothing when this version does not understand it.
    public static Optional<Object> readValue(String topic, String type, String json) {
        Class<?> known = EventTypes.of(topic).get(type);
        try {
            return known == null ? Optional.empty() : Optional.ofNullable(MAPPER.readValue(json, known));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Reads a record of `sluice.settings` as far as its signature needs; a tombstone is nothing.
    public static Optional<SignedSettings> readSigned(ConsumerRecord<String, byte[]> record) {
        Header signature = record.headers().lastHeader("ce_" + SIGNATURE);
        try {
            return Optional.ofNullable(record.value()).map(content -> new SignedSettings(content,
                    signature == null || signature.value() == null ? new byte[0] : Base64.getDecoder().decode(signature.value())));
        } catch (IllegalArgumentException e) {
            return Optional.of(new SignedSettings(record.value(), new byte[0]));
        }
    }

    static Optional<SettingsChanged> readChange(byte[] content) {
        try {
            return Optional.ofNullable(MAPPER.readValue(content, SettingsChanged.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
