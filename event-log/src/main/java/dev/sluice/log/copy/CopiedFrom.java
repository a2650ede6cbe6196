package dev.sluice.log.copy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Where a record was copied from. It stands in a header of the copy: so a copy that was interrupted knows what it has written.
///
/// @param cluster   the id of the source's cluster
/// @param topic     the topic there
/// @param partition its partition
/// @param offset    its place
record CopiedFrom(String cluster, String topic, int partition, long offset) {
    private static final String HEADER = "sluice_copied_from";
    private static final Pattern FORM = Pattern.compile("([^/]+)/([^/]+)/(\\d{1,9})/(\\d{1,18})");

    static CopiedFrom of(String cluster, ConsumerRecord<byte[], byte[]> source) {
        return new CopiedFrom(cluster, source.topic(), source.partition(), source.offset());
    }

    /// Reads the header of a record of the target; empty when it is no copy.
    static Optional<CopiedFrom> read(ConsumerRecord<byte[], byte[]> copy) {
        Header header = copy.headers().lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(new String(header.value(), StandardCharsets.UTF_8));
        return form.matches()
                ? Optional.of(new CopiedFrom(form.group(1), form.group(2), Integer.parseInt(form.group(3)), Long.parseLong(form.group(4))))
                : Optional.empty();
    }

    /// The record's headers, with this one in the place of an earlier copy's.
    RecordHeaders addTo(Iterable<Header> headers) {
        RecordHeaders all = without(headers);
        all.add(HEADER, (cluster + "/" + place()).getBytes(StandardCharsets.UTF_8));
        return all;
    }

    /// The record's headers as they were before it was copied.
    static RecordHeaders without(Iterable<Header> headers) {
        RecordHeaders all = new RecordHeaders(headers);
        all.remove(HEADER);
        return all;
    }

    /// As dead letters name a place.
    String place() {
        return topic + "/" + partition + "/" + offset;
    }
}
