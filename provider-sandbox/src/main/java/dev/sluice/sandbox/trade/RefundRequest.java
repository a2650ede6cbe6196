package dev.sluice.sandbox.trade;

/// What a refund is requested with.
///
/// @param number the merchant's; a repeated one is the same refund
/// @param fen what is refunded
/// @param reason what the payer reads; may be empty
/// @param source where it is requested
public record RefundRequest(String number, long fen, String reason, Refund.Source source) {}
