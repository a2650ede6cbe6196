package dev.sluice.event.value;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.f4b6a3.ulid.UlidCreator;

/// The merchant's number of one order (`out_trade_no`), the key of every record about it.
///
/// Ours are ULIDs: 26 characters, unique for ever, in order of time; WeChat Pay allows 32. A provider may notify a payment under a
/// number that we never issued, so any number that a provider could accept is a trade number (Alipay allows 64).
///
/// @param value 1 to 64 characters out of `0-9 A-Z a-z _ - | * @`
public record TradeNumber(@JsonValue String value) {
    private static final Pattern LEGAL = Pattern.compile("[0-9A-Za-z_|*@-]{1,64}");

    /// @throws IllegalArgumentException when no provider would accept the number
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TradeNumber {
        if (!isLegal(value)) {
            throw new IllegalArgumentException("not a trade number: 1 to 64 of 0-9 A-Z a-z _ - | * @ are needed");
        }
    }

    /// A new number for a new order.
    public static TradeNumber next() {
        return new TradeNumber(UlidCreator.getMonotonicUlid().toString());
    }

    /// Whether `value` could be a trade number at all.
    public static boolean isLegal(String value) {
        return LEGAL.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
