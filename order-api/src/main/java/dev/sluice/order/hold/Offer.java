package dev.sluice.order.hold;

import java.math.BigInteger;
import java.util.Optional;

import dev.sluice.order.TopUpOrder;

/// A payment that waits for a decision, and what can be decided about it.
///
/// @param order what it was paid for; empty when the order was never issued
/// @param most  the quota that it becomes at most; empty while what it buys is not known
/// @param quota the quota that it becomes when the operator names none; empty when one has to be named
public record Offer(Hold hold, Optional<TopUpOrder> order, Optional<BigInteger> most, Optional<Long> quota) {}
