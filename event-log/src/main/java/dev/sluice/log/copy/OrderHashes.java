package dev.sluice.log.copy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import dev.sluice.log.DeadLetter;

/// Count and hash of records with their places in the source, whatever order they come in: the sum of the SHA-256 of each. The order within
/// a key is compared by the places, which ascend in each partition of the source.
final class OrderHashes {
    private final MessageDigest digest;
    private long count;
    private long high;
    private long low;

    OrderHashes() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param from where the record stands in the source
    void add(CopiedFrom from, ConsumerRecord<byte[], byte[]> record) {
        update(from.place().getBytes(StandardCharsets.UTF_8));
        update(record.key());
        update(ByteBuffer.allocate(Long.BYTES).putLong(record.timestamp()).array());
        for (Header header : CopiedFrom.without(record.headers())) {
            update(header.key().getBytes(StandardCharsets.UTF_8));
            // A dead letter names a place, which is another one in the copy.
            update(header.key().equals(DeadLetter.ORIGIN) ? null : header.value());
        }
        update(record.value());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        count++;
        high += hash.getLong();
        low += hash.getLong();
    }

    /// With its length, so that no two contents look alike.
    private void update(byte @Nullable [] content) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(content == null ? -1 : content.length).array());
        if (content != null) {
            digest.update(content);
        }
    }

    long count() {
        return count;
    }

    boolean matches(OrderHashes other) {
        return count == other.count && high == other.high && low == other.low;
    }

    @Override
    public String toString() {
        return count + " records, hash " + Long.toHexString(high) + Long.toHexString(low);
    }
}
