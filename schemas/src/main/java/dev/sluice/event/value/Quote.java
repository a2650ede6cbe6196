package dev.sluice.event.value;

import java.math.BigDecimal;

/// How the price of an order was computed, locked when the order was placed: later changes of prices never change an order.
///
/// @param amount       the amount that the user requested, in the unit of `displayType`
/// @param displayType  what `amount` counts
/// @param quotaPerUnit quota in one unit
/// @param price        yuan of one unit
/// @param groupRatio   factor of the user's group
/// @param discount     factor for this amount, 1 without a discount
public record Quote(
        long amount,
        DisplayType displayType,
        long quotaPerUnit,
        BigDecimal price,
        BigDecimal groupRatio,
        BigDecimal discount) {}
