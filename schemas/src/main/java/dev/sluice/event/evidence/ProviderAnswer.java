package dev.sluice.event.evidence;

import java.time.Instant;

import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;

/// What a provider said when we asked it about an order, or asked it to close one, exactly as received, with what we made of it.
/// No answer at all is kept, too. Of what it says when it is asked for a code, only a refusal is.
///
/// @param id          a ULID
/// @param provider    who was asked
/// @param tradeNumber about which order
/// @param question    what was asked
/// @param askedAt     when we asked
/// @param answeredAt  when the answer was there, or when we stopped waiting for it
/// @param body        the bytes of the answer, empty when there was none
/// @param meaning     what we made of it
/// @param reason      why, in a few words for operators
// Nobody compares answers, and the body is nothing but bytes.
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
    /// What a provider is asked.
    public enum Question {
        /// Was it paid?
        QUERY,
        /// Take no money for it any more.
        CLOSE,
        /// Make a code for it.
        CREATE
    }

    /// What was made of an answer.
    public enum Meaning {
        /// There is money.
        PAID,
        /// There is none yet, and there may be.
        UNPAID,
        /// The provider knows no such order. Alipay knows none before its code is scanned.
        ABSENT,
        /// The provider takes no money for it any more.
        CLOSED,
        /// No answer, or not the provider's: nothing is known.
        UNKNOWN,
        /// The provider's answer about our order, which we cannot make sense of. It may be about money: somebody has to look.
        UNCLEAR,
        /// The provider makes no code for it, so there will be no money.
        REFUSED
    }
}
