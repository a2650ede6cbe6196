package dev.sluice.sandbox.trade;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// What a merchant wants to be paid for, as its signed request said.
///
/// @param key the merchant's number for it
/// @param fen the amount in fen
/// @param subject what the payer reads
/// @param payee the account that receives the money
/// @param notifyUrl where to tell of the payment; none means nobody is told
/// @param terms what may not change under the same number, and what the notice repeats
/// @param until when a code for it dies unless a wallet has it open
/// @param end when the unpaid trade closes by itself unless a wallet has a code for it open; none means never
public record Offer(
        TradeKey key,
        long fen,
        String subject,
        String payee,
        @Nullable URI notifyUrl,
        Map<String, String> terms,
        Instant until,
        @Nullable Instant end) {

    public Offer {
        terms = Map.copyOf(terms);
    }

    Offer costing(long otherFen) {
        return new Offer(key, otherFen, subject, payee, notifyUrl, terms, until, end);
    }

    boolean endedBy(Instant now) {
        return end != null && !now.isBefore(end);
    }
}
