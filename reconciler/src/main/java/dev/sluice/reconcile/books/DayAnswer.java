package dev.sluice.reconcile.books;

import java.time.Instant;
import java.time.LocalDate;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A day of an account at a provider.
///
/// @param state  `OPEN`: its bill is awaited; `STORED`: compared, its facts are being appended; `COMPLETE`; `EMPTY`: nothing happened
/// @param answer the provider's last answer that was no bill; empty without one
/// @param bill   its latest bill; missing without one
/// @param log    what the log has of the day
/// @param open   differences that wait for an operator
@JsonInclude(JsonInclude.Include.NON_NULL)
record DayAnswer(String provider, String account, LocalDate day, String state, String answer, @Nullable Bill bill, Log log, long open) {
    /// What the bill adds up to, in yuan.
    record Bill(int version, String sha256, Instant storedAt, long payments, long refunds, String paid, String refunded, Sums sums) {}

    /// @param fee      negative when more came back than was paid
    /// @param net      settled less fees: what arrives in the merchant's account
    /// @param repeated rows that were counted before
    record Sums(String fee, String net, long repeated) {}

    /// What the log has of payments and refunds of the day.
    ///
    /// @param credited quota that the payments of the day brought
    record Log(long payments, long refunds, String paid, String refunded, long credited, long held) {}
}
