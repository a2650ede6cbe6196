package dev.sluice.order.pricing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.sluice.edge.answer.Refusal;
import dev.sluice.event.value.DisplayType;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.Quote;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.GeneralFault;
import dev.sluice.setting.SalesSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

/// What a top-up costs and brings. Exact: fractions are rounded once, at the end, half up to the fen.
///
/// @param minimumAmounts smallest amount by provider as the user counts it
public record PriceList(
        BigDecimal price,
        long quotaPerUnit,
        DisplayType displayType,
        Map<String, BigDecimal> groupRatios,
        Map<String, BigDecimal> discounts,
        List<Long> amountOptions,
        Map<Provider, Long> minimumAmounts) {
    private static final Pattern AMOUNT = Pattern.compile("[1-9][0-9]{0,17}");

    /// The prices of the settings.
    ///
    /// @throws BadSettingException when the display type is unknown, or the least amount cannot be ordered
    public static PriceList from(Settings settings, PaymentChannels channels) {
        DisplayType displayType = displayType(settings.text(SalesSettings.QUOTA_DISPLAY_TYPE).orElse(""));
        long quotaPerUnit = atMost(InputLimits.LARGEST_AMOUNT, settings, SalesSettings.QUOTA_PER_UNIT);
        // The settings are in units.
        long unit = displayType == DisplayType.TOKENS ? quotaPerUnit : 1;
        Map<Provider, Long> minimum = new HashMap<>();
        channels.all().forEach(channel -> minimum.put(channel.provider(),
                unit * atMost(InputLimits.LARGEST_AMOUNT / unit, settings, channel.settings().minimumTopUp())));
        return new PriceList(
                settings.decimal(SalesSettings.PRICE),
                quotaPerUnit,
                displayType,
                settings.ratios(SalesSettings.TOPUP_GROUP_RATIO),
                settings.ratios(SalesSettings.AMOUNT_DISCOUNT),
                settings.amounts(SalesSettings.AMOUNT_OPTIONS),
                minimum);
    }

    /// A discount of what is no amount is never given: nothing to stop selling for, and nothing to set.
    ///
    /// @throws BadSettingException when there is one
    public static void checkDiscounts(Settings settings) {
        if (!settings.ratios(SalesSettings.AMOUNT_DISCOUNT).keySet().stream().allMatch(AMOUNT.asMatchPredicate())) {
            throw new BadSettingException(SalesSettings.AMOUNT_DISCOUNT, GeneralFault.DISCOUNT_OF_NO_AMOUNT);
        }
    }

    private static long atMost(long most, Settings settings, Setting setting) {
        long value = settings.whole(setting);
        if (value > most) {
            throw new BadSettingException(setting, GeneralFault.OUT_OF_RANGE, 1, most);
        }
        return value;
    }

    private static DisplayType displayType(String name) {
        try {
            return DisplayType.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(SalesSettings.QUOTA_DISPLAY_TYPE, GeneralFault.NOT_A_CHOICE,
                    Arrays.stream(DisplayType.values()).map(DisplayType::name).collect(Collectors.joining(", ")));
        }
    }

    /// What came of asking for a price.
    public sealed interface Pricing {
        /// To be locked into an order.
        ///
        /// @param saved what the discount takes off
        record Priced(Quote quote, Money money, Quota quota, Money saved) implements Pricing {}

        record Refused(Refusal refusal) implements Pricing {}
    }

    public Pricing price(Provider provider, long amount, String group) {
        long smallest = minimumAmount(provider);
        if (amount < smallest) {
            return new Pricing.Refused(Refusal.of(OrderCode.AMOUNT_BELOW_MINIMUM, smallest));
        }
        boolean tokens = displayType == DisplayType.TOKENS;
        Quote quote = new Quote(amount, displayType, quotaPerUnit, price, positiveOrOne(groupRatios.get(group)), discount(amount));
        BigDecimal rounded = fen(quote, quote.discount());
        BigDecimal quota = BigDecimal.valueOf(amount).multiply(BigDecimal.valueOf(tokens ? 1 : quotaPerUnit));
        if (rounded.signum() == 0) {
            return new Pricing.Refused(Refusal.of(OrderCode.PRICE_TOO_LOW));
        }
        if (rounded.compareTo(BigDecimal.valueOf(Limits.MOST_FEN)) > 0 || quota.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return new Pricing.Refused(Refusal.of(OrderCode.AMOUNT_TOO_LARGE));
        }
        return new Pricing.Priced(quote, Money.ofFen(rounded.longValueExact()), new Quota(quota.longValueExact()), saved(quote, rounded));
    }

    /// What the discount takes off; a factor above 1 takes off nothing.
    private static Money saved(Quote quote, BigDecimal fen) {
        return Money.ofFen(fen(quote, BigDecimal.ONE).subtract(fen).max(BigDecimal.ZERO).longValueExact());
    }

    private static BigDecimal fen(Quote quote, BigDecimal discount) {
        BigDecimal fen = BigDecimal.valueOf(quote.amount()).multiply(quote.price()).multiply(quote.groupRatio()).multiply(discount)
                .movePointRight(2);
        boolean tokens = quote.displayType() == DisplayType.TOKENS;
        return fen.divide(BigDecimal.valueOf(tokens ? quote.quotaPerUnit() : 1), 0, RoundingMode.HALF_UP);
    }

    /// The most quota that so much money buys, rounded down.
    public BigInteger most(Money money) {
        BigDecimal cheapest = price.multiply(best(groupRatios)).multiply(best(discounts)).movePointRight(2);
        return BigDecimal.valueOf(money.minorUnits()).multiply(BigDecimal.valueOf(quotaPerUnit)).divide(cheapest, 0, RoundingMode.DOWN)
                .toBigInteger();
    }

    private static BigDecimal best(Map<String, BigDecimal> factors) {
        return factors.values().stream().map(PriceList::positiveOrOne).reduce(BigDecimal.ONE, BigDecimal::min);
    }

    /// The smallest amount as the user counts it.
    public long minimumAmount(Provider provider) {
        return minimumAmounts.getOrDefault(provider, 1L);
    }

    /// A discount is for an exact number of whole units.
    private BigDecimal discount(long amount) {
        boolean tokens = displayType == DisplayType.TOKENS;
        if (tokens && amount % quotaPerUnit != 0) {
            return BigDecimal.ONE;
        }
        return positiveOrOne(discounts.get(Long.toString(tokens ? amount / quotaPerUnit : amount)));
    }

    private static BigDecimal positiveOrOne(@Nullable BigDecimal factor) {
        return factor == null || factor.signum() <= 0 ? BigDecimal.ONE : factor;
    }
}
