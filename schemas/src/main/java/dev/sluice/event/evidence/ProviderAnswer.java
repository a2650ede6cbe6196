package dev.sluice.event.evidence;

import java.time.Instant;
import java.util.Arrays;

import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;

/// A provider's answer to a query, a close request or a request for a code, exactly as received, with its meaning. A missing answer is
/// kept, too. Of the answers to requests for a code, only rejections are kept.
///
/// @param id          a ULID
/// @param provider    the provider that was asked
/// @param tradeNumber the order
/// @param question    what was asked
/// @param askedAt     when the request was sent
/// @param answeredAt  when the answer arrived, or when the wait for it ended
/// @param body        the bytes of the answer, empty when there was none
/// @param meaning     what the answer means
/// @param reason      why, in short, for operators
// Never compared, and the body is plain bytes.
@SuppressWarnings("ArrayRecordComponent")
public record ProviderAnswer(
        String id,
        Provider provider,
        TradeNumber tradeNumber,
        Question question,
        Instant askedAt,
        Instant answeredAt,
        byte[] body,
        Meaning meaning,
        String reason) {
    private static final int MOST_BYTES = 64 * 1024;

    /// Keeps 64 KiB of the bytes at most: an answer must not make a record too large to be appended.
    public ProviderAnswer {
        body = body.length <= MOST_BYTES ? body : Arrays.copyOf(body, MOST_BYTES);
    }

    /// What is asked of a provider.
    public enum Question {
        /// Was it paid?
        QUERY,
        /// Take no money for it any more.
        CLOSE,
        /// Create a code for it.
        CREATE,
        /// How much of its payment was refunded?
        REFUNDS
    }

    /// What an answer means.
    public enum Meaning {
        /// Money arrived.
        PAID,
        /// No money so far; it may still arrive.
        UNPAID,
        /// The provider does not know the order. Alipay knows an order only after its code is scanned.
        ABSENT,
        /// The provider takes no money for it any more.
        CLOSED,
        /// No answer, or one that the provider did not sign: the state is unknown.
        UNKNOWN,
        /// The provider's answer about our order, not understood. It may be about money: an operator has to look at it.
        UNCLEAR,
        /// The provider creates no code for it, so no money will arrive.
        REFUSED,
        /// The payment was refunded, the whole of it or, by the reason, a part.
        REFUNDED
    }
}
