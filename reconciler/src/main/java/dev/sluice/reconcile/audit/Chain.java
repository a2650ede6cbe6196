package dev.sluice.reconcile.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/// The hash of a row: SHA-256 over the hash of the row before, 32 bytes of 0 for the first, and then the row's columns in the order of the
/// table. Each column is its length in bytes, as 4 bytes with the highest first, and so many bytes; an empty (null) column is the 4 bytes FF.
/// Texts are UTF-8, numbers are decimal digits, the time is decimal microseconds since 1970 in UTC, a truth is `true` or `false`, and the
/// value is as it is in the log.
final class Chain {
    static final byte[] START = new byte[32];
    private static final byte[] NULL = {-1, -1, -1, -1};

    private final MessageDigest digest;

    private Chain() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// @param before the hash of the row before
    static byte[] hash(byte[] before, AuditRow row) {
        Chain chain = new Chain();
        chain.digest.update(before);
        chain.place(row.place());
        chain.text(row.eventId());
        chain.text(row.type());
        chain.number(ChronoUnit.MICROS.between(Instant.EPOCH, row.at()));
        chain.text(Boolean.toString(row.repeated()));
        chain.subject(row.subject());
        chain.amounts(row.amounts());
        chain.bytes(row.value());
        return chain.digest.digest();
    }

    private void place(AuditRow.Place place) {
        text(place.topic());
        number((long) place.partition());
        number(place.offset());
        number(place.number());
    }

    private void subject(AuditRow.Subject subject) {
        text(subject.tradeNumber());
        text(subject.user());
        text(subject.provider());
        text(subject.refundNumber());
        text(subject.actor());
    }

    private void amounts(AuditRow.Amounts amounts) {
        number(amounts.moneyIn());
        number(amounts.moneyOut());
        text(amounts.currency());
        number(amounts.quota());
        text(amounts.debit());
        text(amounts.credit());
    }

    private void number(@Nullable Long number) {
        text(number == null ? null : Long.toString(number));
    }

    private void text(@Nullable String text) {
        bytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte @Nullable [] bytes) {
        if (bytes == null) {
            digest.update(NULL);
        } else {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
    }
}
