package dev.sluice.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// A record of `sluice.events.dlt`: one that a view could not read or book, as it was.
///
/// @param raw       the record, in the topic of the dead letters
/// @param topic     the topic that it came from
/// @param partition its partition there
/// @param offset    its place there
/// @param why       the view, and what is wrong
public record DeadLetter(ConsumerRecord<String, byte[]> raw, Topic topic, int partition, long offset, String why) {
    /// The header with the place that it came from: topic, partition and offset.
    public static final String ORIGIN = "sluice_origin";
    static final String WHY = "sluice_why";
    static final String REDRIVEN_BY = "sluice_redriven_by";
    static final String REDRIVEN_WHY = "sluice_redriven_why";
    private static final Pattern PLACE = Pattern.compile("(.+)/(\\d{1,9})/(\\d{1,18})");

    /// Reads a record of the topic of the dead letters; empty when it does not name the followed topic that it came from.
    public static Optional<DeadLetter> of(ConsumerRecord<String, byte[]> raw) {
        Matcher place = PLACE.matcher(text(raw.headers().lastHeader(ORIGIN)));
        if (!place.matches()) {
            return Optional.empty();
        }
        return Arrays.stream(Topic.values()).filter(topic -> topic.isFollowed() && topic.topicName().equals(place.group(1)))
                .findFirst().map(topic -> new DeadLetter(raw, topic, Integer.parseInt(place.group(2)), Long.parseLong(place.group(3)),
                        text(raw.headers().lastHeader(WHY))));
    }

    /// Whether a record of a followed topic was a dead letter and was appended again.
    public static boolean isRedriven(ConsumerRecord<String, byte[]> record) {
        return record.headers().lastHeader(REDRIVEN_BY) != null;
    }

    /// The name of the view that set it aside.
    public String view() {
        return why.replaceFirst("(?s):.*", "");
    }

    private static String text(@Nullable Header header) {
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
