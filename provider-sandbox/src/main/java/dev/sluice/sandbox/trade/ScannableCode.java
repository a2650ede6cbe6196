package dev.sluice.sandbox.trade;

/// A code that a wallet could scan and pay now.
///
/// @param scanned whether a wallet has it open
public record ScannableCode(Code code, boolean scanned) {}
