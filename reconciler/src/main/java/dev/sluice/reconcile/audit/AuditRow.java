package dev.sluice.reconcile.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// A record of the log, and what it means in money.
///
/// @param eventId  of the event; empty when the record cannot be read
/// @param type     the event's, as CloudEvents have it; empty when the record has none
/// @param at       when it was appended, in whole microseconds
/// @param repeated whether the log had the same event before: this one counts for nothing
/// @param value    the value as the log has it
@SuppressWarnings("ArrayRecordComponent")
public record AuditRow(Place place, String eventId, String type, Instant at, boolean repeated, Subject subject, Amounts amounts,
        byte[] value) {
    /// Where the record is in the log, and where the row is in the chain of its partition.
    ///
    /// @param number 1 of the first row of the partition, and one more for each further
    public record Place(String topic, int partition, long offset, long number) {}

    /// What the event is about.
    ///
    /// @param user  whose quota the order credits
    /// @param actor the operator who acted
    public record Subject(@Nullable String tradeNumber, @Nullable String user, @Nullable String provider, @Nullable String refundNumber,
            @Nullable String actor) {
        static final Subject NONE = new Subject(null, null, null, null, null);

        /// With what its order knows, where the event does not name it.
        Subject or(Subject order) {
            return new Subject(tradeNumber, user == null ? order.user : user, provider == null ? order.provider : provider, refundNumber,
                    actor);
        }
    }

    /// What moves.
    ///
    /// @param moneyIn  minor units that came to the merchant; below 0 when the log counted the same money before
    /// @param moneyOut minor units that left the merchant
    /// @param currency of the money
    /// @param quota    units that move from `debit` to `credit`
    public record Amounts(@Nullable Long moneyIn, @Nullable Long moneyOut, @Nullable String currency, @Nullable Long quota,
            @Nullable String debit, @Nullable String credit) {
        static final Amounts NONE = new Amounts(null, null, null, null, null, null);
        private static final String HELD = "held:";

        /// The same quota, from the account that a user can spend.
        Amounts fromUser() {
            String from = debit != null && debit.startsWith(HELD) ? "user:" + debit.substring(HELD.length()) : debit;
            return new Amounts(moneyIn, moneyOut, currency, quota, from, credit);
        }
    }
}
