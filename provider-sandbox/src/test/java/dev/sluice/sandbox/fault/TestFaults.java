package dev.sluice.sandbox.fault;

import java.util.List;

import dev.sluice.sandbox.AnyMerchant;

/// Faults for tests of other packages.
public final class TestFaults {
    private TestFaults() {}

    public static FaultInjection none() {
        return new FaultInjection(AnyMerchant.properties());
    }

    public static FaultyResponses responses(FaultInjection injection) {
        return new FaultyResponses(injection);
    }

    public static void forOrder(FaultInjection injection, String number, Fault... faults) {
        if (!injection.setForOrder(number, List.of(faults))) {
            throw new AssertionError("too many orders");
        }
    }
}
