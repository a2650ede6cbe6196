package dev.sluice.sandbox.mischief;

import java.util.List;

import dev.sluice.sandbox.AnyMerchant;

/// Mischief for tests of other packages.
public final class TestMischiefs {
    private TestMischiefs() {}

    public static Mischiefs none() {
        return new Mischiefs(AnyMerchant.properties());
    }

    public static void forOrder(Mischiefs mischiefs, String number, Mischief... mischief) {
        if (!mischiefs.forOrder(number, List.of(mischief))) {
            throw new AssertionError("too many orders");
        }
    }
}
