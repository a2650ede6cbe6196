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
public record Offer(
        TradeKey key, long fen, String subject, String payee, @Nullable URI notifyUrl, Map<String, String> terms, Instant until) {

    public Offer {
        terms = Map.copyOf(terms);
    }
}
