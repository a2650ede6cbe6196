package dev.sluice.order;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a payer gives to an operator on the phone or in a chat: the end of the order's number, in two groups. It is no secret, and shows
/// nothing to anyone but operators. Among a million orders it is unique but for one chance in a million.
///
/// @param end the last eight characters of the order's number
public record SupportCode(String end) {
    /// Characters of a code, without the hyphen; the index and the query of the operators' list repeat it.
    private static final int LENGTH = 8;
    private static final Pattern SPOKEN = Pattern.compile("[0-9A-Z]{" + LENGTH + "}");

    public static SupportCode of(String tradeNo) {
        return new SupportCode(tradeNo.substring(Math.max(0, tradeNo.length() - LENGTH)));
    }

    /// The code that a text is, however it was written down: with or without hyphen and spaces, with letters that our numbers do not have.
    public static Optional<SupportCode> read(String text) {
        String code = text.replaceAll("[-\\s]", "").toUpperCase(Locale.ROOT).replace('O', '0').replace('I', '1').replace('L', '1');
        return SPOKEN.matcher(code).matches() ? Optional.of(new SupportCode(code)) : Optional.empty();
    }

    /// As a payer reads it.
    @Override
    public String toString() {
        int half = LENGTH / 2;
        return end.length() < LENGTH ? end : end.substring(0, half) + "-" + end.substring(half);
    }
}
