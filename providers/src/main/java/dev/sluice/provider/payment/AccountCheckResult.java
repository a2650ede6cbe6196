package dev.sluice.provider.payment;

import dev.sluice.provider.wire.ConnectionFailure;

/// What an [AccountCheck] found. The provider's words are as it said them, mostly unsigned: to be shown, never to be acted upon.
public sealed interface AccountCheckResult {
    /// Both sides believe each other's signature.
    record Accepted() implements AccountCheckResult {}

    /// They do not believe our signature: our key is not the one that they know for this account.
    ///
    /// @param words the provider's
    record SignatureRefused(String words) implements AccountCheckResult {}

    /// They do not know the account, or it may not do this.
    ///
    /// @param code  the provider's
    /// @param words the provider's
    record AccountRefused(String code, String words) implements AccountCheckResult {}

    /// They answered, and the key that we have for them does not verify it.
    record NotTheirSignature() implements AccountCheckResult {}

    /// There was no answer.
    record Unreachable(ConnectionFailure obstacle) implements AccountCheckResult {}

    /// There was an answer that says nothing about the account.
    ///
    /// @param words the provider's, or ours about its answer
    record Unclear(String words) implements AccountCheckResult {}
}
