package dev.sluice.log.verify;

import java.util.List;

/// What a walk through the log found.
///
/// @param records    of `sluice.events` that were read
/// @param orders     with an order of ours, or a payment for one
/// @param waiting    payments without an outcome that came a moment before the end
/// @param setAside   records that are dead letters of the ledger, and were left out
/// @param violations how many
/// @param first      the first of them
public record Verdict(long records, long orders, long waiting, long setAside, long violations, List<Violation> first) {
    public boolean holds() {
        return violations == 0;
    }
}
