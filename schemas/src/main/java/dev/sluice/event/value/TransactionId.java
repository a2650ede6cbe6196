package dev.sluice.event.value;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The provider's own number of one payment: `transaction_id` of WeChat Pay, `trade_no` of Alipay.
///
/// @param value 1 to 64 characters out of `0-9 A-Z a-z _ -`
public record TransactionId(@JsonValue String value) {
    private static final Pattern LEGAL = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    /// @throws IllegalArgumentException when `value` is not such a number
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TransactionId {
        if (!isLegal(value)) {
            throw new IllegalArgumentException("not a transaction id: 1 to 64 of 0-9 A-Z a-z _ - are needed");
        }
    }

    /// Whether `value` could be a transaction id at all.
    public static boolean isLegal(String value) {
        return LEGAL.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
