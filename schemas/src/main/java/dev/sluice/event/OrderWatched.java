package dev.sluice.event;

import java.time.Instant;

import dev.sluice.event.value.TradeNumber;

/// Somebody is looking at an order right now and would like to see it paid. Told again and again while that is so; one that gets lost
/// makes nothing wrong, only slower.
///
/// @param tradeNumber the order
/// @param until       how long this may be believed
public record OrderWatched(TradeNumber tradeNumber, Instant until) {}
