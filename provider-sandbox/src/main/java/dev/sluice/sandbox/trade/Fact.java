package dev.sluice.sandbox.trade;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/// One line of the journal. The state of [Trades] is nothing but these, applied in order.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
        @JsonSubTypes.Type(value = Fact.CodeIssued.class, name = "code-issued"),
        @JsonSubTypes.Type(value = Fact.TradeCreated.class, name = "trade-created"),
        @JsonSubTypes.Type(value = Fact.CodeOpened.class, name = "code-opened"),
        @JsonSubTypes.Type(value = Fact.CodeLeft.class, name = "code-left"),
        @JsonSubTypes.Type(value = Fact.TradePaid.class, name = "trade-paid"),
        @JsonSubTypes.Type(value = Fact.TradePaidAgain.class, name = "trade-paid-again"),
        @JsonSubTypes.Type(value = Fact.TradeClosed.class, name = "trade-closed"),
        @JsonSubTypes.Type(value = Fact.NoticeEnded.class, name = "notice-ended")
})
sealed interface Fact {

    record CodeIssued(Code code) implements Fact {}

    record TradeCreated(Trade trade) implements Fact {}

    record CodeOpened(String text) implements Fact {}

    record CodeLeft(String text) implements Fact {}

    record TradePaid(TradeKey key, Payment payment) implements Fact {}

    /// Paid once more.
    ///
    /// @param twin the second transaction under the same number
    record TradePaidAgain(Trade twin) implements Fact {}

    record TradeClosed(TradeKey key, Closure closure) implements Fact {}

    /// Nobody is told any more.
    ///
    /// @param noticeId of the notice; journals of old lack it, when a trade had but the one about its payment
    record NoticeEnded(TradeKey key, NoticeEnd end, @Nullable String noticeId) implements Fact {}
}
