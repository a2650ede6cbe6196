package dev.sluice.reconcile.books;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.sluice.reconcile.compare.DiscrepancyKind;

/// A difference between a bill and the log.
///
/// @param side     `BILL`: a row of the bill has no match; `LOG`: what the log has is in no bill
/// @param proposal what an operator is proposed to do
@JsonInclude(JsonInclude.Include.NON_NULL)
record CaseAnswer(UUID id, DiscrepancyKind kind, String side, String proposal, Numbers numbers, Difference difference, Instant openedAt,
        Closing closing) {
    record Numbers(String provider, LocalDate day, String transactionId, String orderId, String refundNo) {}

    /// @param expected by the log; empty when it has nothing
    /// @param found    in the bill; empty when it has nothing
    /// @param line     of the bill
    /// @param evidence the line as it stands
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Difference(String expected, String found, @Nullable Integer line, @Nullable String evidence) {}

    /// @param state `OPEN`, `CLOSED` by itself, or `RESOLVED`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Closing(String state, @Nullable Instant at, @Nullable String act, @Nullable String actor, @Nullable String reason) {
        boolean isOpen() {
            return state.equals("OPEN");
        }
    }
}
