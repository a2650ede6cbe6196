package dev.sluice.provider.payment;

/// Finds out whether a provider knows our account and our key, and we its: asks about an order that cannot exist.
@FunctionalInterface
public interface AccountCheck {
    /// Asks. Changes nothing at the provider.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    AccountCheckResult examine();
}
