package dev.sluice.provider.bill;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;

/// A row of a bill.
///
/// @param line      its number in the bill, from 1
/// @param at        when the money moved; of a refund, when the provider accepted it
/// @param createdAt when the payment's order was created at the provider; the same as `at` where the bill does not have it
/// @param texts     what payer and merchant wrote
public record BillRow(int line, Kind kind, Numbers numbers, Amounts amounts, Instant at, Instant createdAt, Texts texts) {
    /// What happened.
    public enum Kind {
        /// Money arrived.
        PAYMENT,
        /// Money went back to the payer.
        REFUND,
        /// A payment was undone at the till: money went back.
        REVERSAL
    }

    /// The numbers of a row, as the bill has them; any text may come.
    ///
    /// @param transactionId the provider's number of the payment
    /// @param tradeNumber   the merchant's number of the order
    /// @param refundId      the provider's number of the refund; empty for a payment, and where the provider has none
    /// @param refundNumber  the merchant's number of the refund; empty for a payment
    public record Numbers(String transactionId, String tradeNumber, String refundId, String refundNumber) {}

    /// The amounts of a row.
    ///
    /// @param money   of the payment or of the refund, as ordered
    /// @param settled what of it the merchant gets or loses, before the fee
    /// @param fee     in thousandths of a fen: positive when the merchant pays it, negative when it comes back
    /// @param rate    of the fee, in hundred-thousandths; negative where the bill does not have it
    public record Amounts(Money money, Money settled, long fee, long rate) {
        /// The fee that the rate gives, rounded half up to the fen, as a positive number in thousandths of a fen.
        public long expectedFee() {
            return Math.floorDiv(settled.minorUnits() * rate + RATE_ONE / 2, RATE_ONE) * FEE_OF_A_FEN;
        }
    }

    /// The free texts of a row.
    ///
    /// @param name      of what was bought
    /// @param attached  what the merchant attached to the order; empty where the bill has no such column
    /// @param ambiguous whether the boundary between the two is unknown: then `name` holds both, as they stand
    public record Texts(String name, String attached, boolean ambiguous) {}

    /// A fee has five decimals of a yuan: so many units are one fen.
    public static final long FEE_OF_A_FEN = 1_000;
    /// A rate of one.
    public static final long RATE_ONE = 100_000;

    /// The identity of what the row is about, the same in each bill that has it, and the same as [#identity(Provider, Kind, String, String)]
    /// of our own records.
    public UUID identity(Provider provider) {
        return switch (kind) {
            case PAYMENT, REVERSAL -> identity(provider, kind, numbers.transactionId(), numbers.tradeNumber());
            case REFUND -> identity(provider, kind, numbers.transactionId(),
                    numbers.refundNumber().isEmpty() ? numbers.refundId() : numbers.refundNumber());
        };
    }

    /// Of a payment by the provider's number and ours, of a refund by the provider's number of the payment and the refund's number.
    public static UUID identity(Provider provider, Kind kind, String transactionId, String number) {
        return UUID.nameUUIDFromBytes((provider + "\n" + kind + "\n" + transactionId + "\n" + number)
                .getBytes(StandardCharsets.UTF_8));
    }
}
