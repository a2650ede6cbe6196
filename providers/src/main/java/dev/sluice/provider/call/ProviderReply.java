package dev.sluice.provider.call;

import java.util.function.Function;

import dev.sluice.provider.payment.AccountCheckResult;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.wire.ConnectionFailure;

/// A provider's reply to a call. Only a signed one has a meaning for an order; any other is useful to an operator.
///
/// @param <M> the content of a signed reply
// Never compared, and the body is plain bytes.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface ProviderReply<M> {
    /// The bytes as received; empty when none arrived.
    byte[] body();

    /// Signed by the provider, and about our account. Whether it means success is still to be read.
    record Signed<M>(M message, byte[] body) implements ProviderReply<M> {}

    /// Anything else.
    sealed interface Unknown<M> extends ProviderReply<M> {
        /// For operators; never holds a key.
        String why();
    }

    /// The provider did not answer.
    record Silence<M>(ConnectionFailure obstacle) implements Unknown<M> {
        @Override
        public String why() {
            return "no answer: " + obstacle;
        }

        @Override
        public byte[] body() {
            return new byte[0];
        }
    }

    /// Shaped as the provider's, and not verified by our key for the provider: providers do not sign refusals of unknown callers.
    ///
    /// @param code    the provider's; may be empty
    /// @param words   the provider's text; may be empty
    /// @param hasSign whether there is a signature at all
    record Unsigned<M>(String code, String words, boolean hasSign, byte[] body) implements Unknown<M> {
        @Override
        public String why() {
            String said = (code + " " + words).strip();
            return "the answer is not signed by the provider" + (said.isEmpty() ? "" : ": " + said);
        }
    }

    /// No answer to the question.
    record Unusable<M>(String why, byte[] body) implements Unknown<M> {}

    /// The answer to a capability's question, with the bytes as evidence.
    ///
    /// @param understand reads what is signed
    /// @param unknown    of the reason, for anything else
    default <A> ProviderResponse<A> response(Function<M, A> understand, Function<String, A> unknown) {
        return new ProviderResponse<>(switch (this) {
            case Signed<M>(var message, var _) -> understand.apply(message);
            case Unknown<M> other -> unknown.apply(other.why());
        }, body());
    }

    /// The result of an account check.
    ///
    /// @param understand reads what is signed
    /// @param refusal    reads a refusal's code and text
    default AccountCheckResult accountCheck(Function<M, AccountCheckResult> understand, Refusal refusal) {
        return switch (this) {
            case Signed<M>(var message, var _) -> understand.apply(message);
            case Unsigned<M>(var code, var words, var hasSign, var _) -> {
                AccountCheckResult read = refusal.read(code, words);
                // A server without our key signs the refusal with another.
                yield hasSign && read instanceof AccountCheckResult.Unclear ? new AccountCheckResult.NotTheirSignature() : read;
            }
            case Silence<M>(var obstacle) -> new AccountCheckResult.Unreachable(obstacle);
            case Unusable<M>(var why, var _) -> new AccountCheckResult.Unclear(why);
        };
    }

    /// Reads a provider's refusal of an account check.
    @FunctionalInterface
    interface Refusal {
        AccountCheckResult read(String code, String words);
    }
}
