package dev.sluice.event.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The merchant's number of one refund: `out_refund_no` of WeChat Pay, `out_request_no` of Alipay. At a provider, one number is one refund,
/// however often it is requested.
///
/// Ours are made of the order and the idempotency key of the request, so that a repeated request has the same. A refund that was made in the
/// provider's own console has a number that we did not make.
///
/// @param value 1 to 64 characters out of `0-9 A-Z a-z _ - | * @`
public record RefundNumber(@JsonValue String value) {
    private static final int BYTES = 16;
    private static final Pattern LEGAL = Pattern.compile("[0-9A-Za-z_|*@-]{1,64}");

    /// @throws IllegalArgumentException when no provider would accept the number
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RefundNumber {
        if (!isLegal(value)) {
            throw new IllegalArgumentException("not a refund number: 1 to 64 of 0-9 A-Z a-z _ - | * @ are needed");
        }
    }

    /// The number of the refund that a request with this key asks for: 32 letters and digits, which both providers accept.
    ///
    /// @param key distinguishes the request from others about the order
    public static RefundNumber of(TradeNumber order, String key) {
        byte[] name = String.join("\n", order.value(), key).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
            return new RefundNumber(HexFormat.of().withUpperCase().formatHex(hash, 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Whether `value` could be a refund number at all.
    public static boolean isLegal(String value) {
        return LEGAL.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
