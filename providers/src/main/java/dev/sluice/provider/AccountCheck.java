package dev.sluice.provider;

/// Finds out whether a provider knows our account and our key, and we its: asks about an order that cannot exist.
public interface AccountCheck extends AutoCloseable {
    /// Asks. Changes nothing at the provider.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    AccountCheckResult examine();

    @Override
    void close();
}
