package dev.sluice.sandbox.trade;

import java.time.Instant;

/// A code for a payer to scan.
///
/// @param text content of the QR code
public record Code(String text, TradeTerms terms, Instant issuedAt) {

    public TradeKey key() {
        return terms.key();
    }
}
