package dev.sluice.sandbox.trade;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// One line of the journal. The state of [Trades] is nothing but these, applied in order.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
        @JsonSubTypes.Type(value = Fact.CodeIssued.class, name = "code-issued"),
        @JsonSubTypes.Type(value = Fact.TradeCreated.class, name = "trade-created"),
        @JsonSubTypes.Type(value = Fact.CodeOpened.class, name = "code-opened"),
        @JsonSubTypes.Type(value = Fact.CodeLeft.class, name = "code-left"),
        @JsonSubTypes.Type(value = Fact.TradePaid.class, name = "trade-paid"),
        @JsonSubTypes.Type(value = Fact.NoticeEnded.class, name = "notice-ended")
})
sealed interface Fact {

    record CodeIssued(Code code) implements Fact {}

    record TradeCreated(Trade trade) implements Fact {}

    record CodeOpened(String text) implements Fact {}

    record CodeLeft(String text) implements Fact {}

    record TradePaid(TradeKey key, Payment payment) implements Fact {}

    record NoticeEnded(TradeKey key, NoticeEnd end) implements Fact {}
}
