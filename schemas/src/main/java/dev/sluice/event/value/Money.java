package dev.sluice.event.value;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;

/// An exact amount of money. No floating point comes near it.
///
/// @param fen      hundredths of the currency's unit (fen of CNY), 0 or more
/// @param currency what it is an amount of; orders are always in CNY, but a provider may tell of another
public record Money(long fen, Currency currency) {
    /// The currency of every order.
    public static final Currency CNY = Currency.getInstance("CNY");

    private static final int FEN_DIGITS = 2;
    private static final Pattern FEN = Pattern.compile("[0-9]{1,18}");
    private static final Pattern YUAN = Pattern.compile("[0-9]{1,16}(\\.[0-9]{1,2})?");

    /// @throws IllegalArgumentException when `fen` is negative
    public Money {
        if (fen < 0) {
            throw new IllegalArgumentException("money is never negative");
        }
    }

    /// So many fen of CNY.
    public static Money ofFen(long fen) {
        return new Money(fen, CNY);
    }

    /// What WeChat Pay writes: whole fen in decimal digits.
    ///
    /// @throws IllegalArgumentException when `text` is anything else
    public static Money parseFen(String text, Currency currency) {
        if (!FEN.matcher(text).matches()) {
            throw new IllegalArgumentException("not an amount in fen");
        }
        return new Money(Long.parseLong(text), currency);
    }

    /// What Alipay writes: yuan with at most two decimals.
    ///
    /// @throws IllegalArgumentException when `text` is anything else
    public static Money parseYuan(String text) {
        if (!YUAN.matcher(text).matches()) {
            throw new IllegalArgumentException("not an amount in yuan");
        }
        return ofFen(new BigDecimal(text).movePointRight(FEN_DIGITS).longValueExact());
    }

    /// The amount as Alipay and people write it: `7.30`.
    public String yuan() {
        return BigDecimal.valueOf(fen, FEN_DIGITS).toPlainString();
    }

    @Override
    public String toString() {
        return yuan() + " " + currency;
    }
}
