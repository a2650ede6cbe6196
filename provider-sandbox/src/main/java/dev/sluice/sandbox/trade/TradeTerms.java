package dev.sluice.sandbox.trade;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// What a merchant wants to be paid for, by its signed request.
///
/// @param fen the amount in fen
/// @param subject what the payer reads
/// @param payee the account that receives the money
/// @param notifyUrl where to send notifications; without it the merchant is not notified
/// @param fields what may not change under the same number, and what the notification repeats
/// @param codeExpiry when a code for it expires unless a wallet has it open
/// @param tradeExpiry when the unpaid trade closes unless a wallet has a code for it open; absent if it never does
public record TradeTerms(
        TradeKey key,
        long fen,
        String subject,
        String payee,
        @Nullable URI notifyUrl,
        Map<String, String> fields,
        Instant codeExpiry,
        @Nullable Instant tradeExpiry) {

    public TradeTerms {
        fields = Map.copyOf(fields);
    }

    TradeTerms withFen(long otherFen) {
        return new TradeTerms(key, otherFen, subject, payee, notifyUrl, fields, codeExpiry, tradeExpiry);
    }
}
