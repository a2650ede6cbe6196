package dev.sluice.sandbox.trade;

/// Identifies one trade: the merchant's own number, unique per provider as there is one merchant.
///
/// @param number the merchant's `out_trade_no`
public record TradeKey(Provider provider, String number) {}
