package dev.sluice.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.sluice.event.value.Quota;
import dev.sluice.event.value.Quote;
import dev.sluice.event.value.UserId;

/// What the payer buys with an order.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes(@JsonSubTypes.Type(value = Purchase.TopUp.class, name = "TOP_UP"))
public sealed interface Purchase {
    /// Quota for a user.
    ///
    /// @param userId whose quota the order credits
    /// @param quota  how much
    /// @param quote  how the price and `quota` came about
    record TopUp(UserId userId, Quota quota, Quote quote) implements Purchase {}
}
