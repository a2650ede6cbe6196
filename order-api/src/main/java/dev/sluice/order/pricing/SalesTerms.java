package dev.sluice.order.pricing;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnections;
import dev.sluice.provider.wire.Subject;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.GeneralFault;
import dev.sluice.setting.SalesSettings;
import dev.sluice.setting.Settings;

/// What is sold and how it can be paid, out of the settings.
///
/// @param subject    what the payer reads
/// @param payee      who is paid, as the payer reads it
/// @param expiry     how long an order can be paid
/// @param late       what becomes of money that comes after an order was closed
/// @param dailyLimit what one user may order on one day, if there is a limit
public record SalesTerms(PriceList priceList, PaymentMethods payMethods, String subject, Payee payee, Duration expiry,
        LatePayment late,
        Optional<Money> dailyLimit) {
    /// The terms of the settings.
    ///
    /// @throws BadSettingException when a setting cannot be right
    public static SalesTerms from(Settings settings, PaymentChannels channels, ProviderConnections connections) {
        return new SalesTerms(PriceList.from(settings, channels), PaymentMethods.from(settings, channels, connections), subject(settings),
                Payee.from(settings), expiry(settings),
                LatePayment.valueOf(settings.text(SalesSettings.LATE_PAYMENT).orElseThrow().toUpperCase(Locale.ROOT)),
                dailyLimit(settings));
    }

    /// What the payer reads.
    ///
    /// @throws BadSettingException when there is nothing to read in it
    public static String subject(Settings settings) {
        return settings.text(SalesSettings.TOP_UP_SUBJECT).map(Subject::clean).filter(cleaned -> !cleaned.isEmpty())
                .orElseThrow(() -> new BadSettingException(SalesSettings.TOP_UP_SUBJECT, GeneralFault.SUBJECT_EMPTY));
    }

    /// How long a code can be paid.
    ///
    /// @throws BadSettingException when the providers would not take it
    public static Duration expiry(Settings settings) {
        long minutes = settings.whole(SalesSettings.ORDER_EXPIRE_MINUTES);
        if (minutes < Limits.SHORTEST_EXPIRY.toMinutes() || minutes > Limits.LONGEST_EXPIRY.toMinutes()) {
            throw new BadSettingException(SalesSettings.ORDER_EXPIRE_MINUTES, GeneralFault.OUT_OF_RANGE, Limits.SHORTEST_EXPIRY.toMinutes(),
                    Limits.LONGEST_EXPIRY.toMinutes());
        }
        return Duration.ofMinutes(minutes);
    }

    /// The most that one user may order in a day; empty when there is no limit.
    ///
    /// @throws BadSettingException when it is not in fen
    public static Optional<Money> dailyLimit(Settings settings) {
        return settings.optionalDecimal(SalesSettings.USER_DAILY_LIMIT).map(SalesTerms::money);
    }

    private static Money money(BigDecimal yuan) {
        try {
            return Money.ofFen(yuan.movePointRight(2).longValueExact());
        } catch (ArithmeticException e) {
            throw new BadSettingException(SalesSettings.USER_DAILY_LIMIT, GeneralFault.NOT_YUAN);
        }
    }
}
