package dev.sluice.event;

import java.time.Instant;

import dev.sluice.event.value.TradeNumber;

/// A page is open on an order and waits for its payment. Appended repeatedly while the page is open; a lost record only makes the
/// next query of the provider later.
///
/// @param tradeNumber the order
/// @param until       how long the record is valid
public record OrderWatched(TradeNumber tradeNumber, Instant until) {}
