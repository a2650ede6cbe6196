package dev.sluice.reconcile.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// Which rows of the audit are searched for.
///
/// @param from       the first moment
/// @param to         the moment after the last
/// @param type       of events, in full or by its simple name; or null
/// @param after      the row behind which to go on; or null
/// @param withValues whether the records' values are read too
public record Search(Instant from, Instant to, @Nullable String type, @Nullable String tradeNumber, @Nullable String user,
        @Nullable Cursor after, boolean withValues) {
    private static final String OURS = "dev.sluice.%s.v1";

    /// A row's place in the order of time.
    public record Cursor(Instant at, String topic, int partition, long offset) {
        private static final String SEPARATOR = ",";

        /// The place of a row.
        public static Cursor of(AuditRow row) {
            return new Cursor(row.at(), row.place().topic(), row.place().partition(), row.place().offset());
        }

        /// As [#toString] writes it; empty when the text is anything else.
        public static Optional<Cursor> parse(String text) {
            String[] parts = text.split(SEPARATOR, -1);
            try {
                return parts.length == 4
                        ? Optional.of(new Cursor(Instant.parse(parts[0]), parts[1], Integer.parseInt(parts[2]), Long.parseLong(parts[3])))
                        : Optional.empty();
            } catch (DateTimeException | NumberFormatException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return String.join(SEPARATOR, at.toString(), topic, Integer.toString(partition), Long.toString(offset));
        }
    }

    /// The same, behind another row.
    public Search after(AuditRow row) {
        return new Search(from, to, type, tradeNumber, user, Cursor.of(row), withValues);
    }

    /// What is asked for, for SQL; the parameters have the same names.
    String condition() {
        var condition = new StringBuilder("at >= :from and at < :to");
        condition.append(after == null ? "" : " and (at, topic, partition, record_offset) > (:at, :topic, :partition, :offset)");
        if (type != null) {
            condition.append(" and type = :type");
        }
        if (tradeNumber != null) {
            condition.append(" and trade_no = :tradeNo");
        }
        if (user != null) {
            condition.append(" and user_id = :userId");
        }
        return condition.toString();
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("from", from.atOffset(ZoneOffset.UTC));
        parameters.put("to", to.atOffset(ZoneOffset.UTC));
        if (after != null) {
            parameters.putAll(
                    Map.of("at", after.at().atOffset(ZoneOffset.UTC), "topic", after.topic(), "partition", after.partition(), "offset",
                            after.offset()));
        }
        if (type != null) {
            parameters.put("type", type.contains(".") ? type : OURS.formatted(type));
        }
        if (tradeNumber != null) {
            parameters.put("tradeNo", tradeNumber);
        }
        if (user != null) {
            parameters.put("userId", user);
        }
        return parameters;
    }
}
