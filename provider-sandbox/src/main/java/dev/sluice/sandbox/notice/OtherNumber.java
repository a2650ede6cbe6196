package dev.sluice.sandbox.notice;

/// Makes up numbers for what does not exist: of a transaction, a notice, a merchant.
public final class OtherNumber {
    private OtherNumber() {}

    /// A number of the same form, always the same for the same one; it differs in the last digit.
    public static String than(String number) {
        int last = number.length() - 1;
        return number.substring(0, last) + (number.charAt(last) == '0' ? '1' : '0');
    }
}
