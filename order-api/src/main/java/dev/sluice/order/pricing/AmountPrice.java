package dev.sluice.order.pricing;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.sluice.edge.answer.AnswerCode;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.RefusedException;
import dev.sluice.event.value.Provider;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.order.pricing.PriceList.Pricing;

/// The price of an amount, or why it has none.
///
/// @param money  yuan with two decimals
/// @param saved  yuan that the discount takes off
/// @param quota  what it credits
/// @param code   of the refusal
/// @param reason the same in the reader's language
public record AmountPrice(long amount, @Nullable String money, @Nullable String saved, @Nullable Long quota, @Nullable AnswerCode code,
        @Nullable String reason) {
    /// The price in a list of prices.
    ///
    /// @param group of the payer; one without a factor has the factor 1
    public static AmountPrice of(PriceList prices, Provider provider, long amount, String group, Locale locale) {
        Pricing pricing = amount > InputLimits.LARGEST_AMOUNT
                ? new Pricing.Refused(Refusal.of(OrderCode.AMOUNT_TOO_LARGE))
                : prices.price(provider, amount, group);
        return switch (pricing) {
            case Pricing.Priced(_, var money, var quota, var saved) ->
                new AmountPrice(amount, money.decimal(), saved.decimal(), quota.units(), null, null);
            case Pricing.Refused(var refusal) ->
                new AmountPrice(amount, null, null, null, refusal.message(), refusal.text(locale));
        };
    }

    /// Checks the amounts of one request.
    ///
    /// @throws RefusedException when the list is empty, or too long
    public static void check(List<Long> amounts) {
        if (amounts.isEmpty() || amounts.size() > Limits.AMOUNTS_PRICED_AT_ONCE || amounts.stream().anyMatch(Objects::isNull)) {
            throw Refusal.of(EdgeCode.MALFORMED, "amounts 1.." + Limits.AMOUNTS_PRICED_AT_ONCE).exception();
        }
    }
}
