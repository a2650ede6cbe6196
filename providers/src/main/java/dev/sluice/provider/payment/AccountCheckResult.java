package dev.sluice.provider.payment;

import dev.sluice.provider.wire.ConnectionFailure;

/// The result of an [AccountCheck]. The provider's texts are as received, mostly unsigned: to be shown, never to be acted upon.
public sealed interface AccountCheckResult {
    /// Both sides accept each other's signature.
    record Accepted() implements AccountCheckResult {}

    /// The provider rejects our signature: our key is not the one that it has for this account.
    ///
    /// @param words the provider's text
    record SignatureRefused(String words) implements AccountCheckResult {}

    /// The provider does not know the account, or the account lacks the permission.
    ///
    /// @param code  the provider's
    /// @param words the provider's text
    record AccountRefused(String code, String words) implements AccountCheckResult {}

    /// The provider answered, and our key for it does not verify the answer.
    record NotTheirSignature() implements AccountCheckResult {}

    /// The provider did not answer.
    record Unreachable(ConnectionFailure obstacle) implements AccountCheckResult {}

    /// The answer is not about the account.
    ///
    /// @param words the provider's text, or our description of its answer
    record Unclear(String words) implements AccountCheckResult {}
}
