package dev.sluice.provider.payment;

/// Checks whether a provider knows our account and our key, and we its: queries an order that cannot exist.
@FunctionalInterface
public interface AccountCheck {
    /// Queries. Changes nothing at the provider.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    AccountCheckResult examine();
}
