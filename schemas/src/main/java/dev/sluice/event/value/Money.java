package dev.sluice.event.value;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;

/// An exact amount of money, without floating point.
///
/// @param minorUnits 0 or more of the currency's smallest unit: fen of CNY, cents of USD, yen of JPY
/// @param currency   ISO 4217; orders are in CNY today, but a provider may report another
public record Money(long minorUnits, Currency currency) {
    /// The currency of every order.
    public static final Currency CNY = Currency.getInstance("CNY");

    private static final Pattern FEN = Pattern.compile("[0-9]{1,18}");
    private static final Pattern YUAN = Pattern.compile("[0-9]{1,16}(\\.[0-9]{1,2})?");

    /// @throws IllegalArgumentException when `minorUnits` is negative
    public Money {
        if (minorUnits < 0) {
            throw new IllegalArgumentException("money is never negative");
        }
    }

    /// An amount of CNY in fen.
    public static Money ofFen(long fen) {
        return new Money(fen, CNY);
    }

    /// Reads what WeChat Pay writes: whole minor units in decimal digits.
    ///
    /// @throws IllegalArgumentException when `text` is anything else
    public static Money parseFen(String text, Currency currency) {
        if (!FEN.matcher(text).matches()) {
            throw new IllegalArgumentException("not an amount in fen");
        }
        return new Money(Long.parseLong(text), currency);
    }

    /// Reads what Alipay writes: yuan with at most two decimals.
    ///
    /// @throws IllegalArgumentException when `text` is anything else
    public static Money parseYuan(String text) {
        if (!YUAN.matcher(text).matches()) {
            throw new IllegalArgumentException("not an amount in yuan");
        }
        return ofFen(new BigDecimal(text).movePointRight(CNY.getDefaultFractionDigits()).longValueExact());
    }

    /// The amount in the currency's unit, as Alipay and people write it: `7.30` of CNY.
    public String decimal() {
        return BigDecimal.valueOf(minorUnits, Math.max(0, currency.getDefaultFractionDigits())).toPlainString();
    }

    @Override
    public String toString() {
        return decimal() + " " + currency;
    }
}
