package dev.sluice.sandbox.mischief;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Why a set of mischief is not taken.
record MischiefError(String code, String message) {

    static MischiefError unknown() {
        return new MischiefError("UNKNOWN_MISCHIEF", "Send a JSON array of these names, as texts: "
                + Arrays.stream(Mischief.values()).map(Mischief::name).collect(Collectors.joining(", ")));
    }

    static MischiefError noNumber() {
        return new MischiefError("NO_ORDER_NUMBER", "A merchant's number has 1 to " + MischiefController.MAX_NUMBER_LENGTH + " characters");
    }

    static MischiefError tooManyOrders() {
        return new MischiefError("TOO_MANY_ORDERS", Mischiefs.MAX_ORDERS + " orders have sets of their own already; DELETE some");
    }
}
