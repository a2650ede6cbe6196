package dev.sluice.sandbox.trade;

import java.time.Instant;

/// A code for a payer to scan.
///
/// @param text what the QR code holds
public record Code(String text, Offer offer, Instant issuedAt) {}
