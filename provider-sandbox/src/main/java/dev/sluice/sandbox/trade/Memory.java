package dev.sluice.sandbox.trade;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What the facts so far come to. It decides nothing; used by one thread at a time.
final class Memory {
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<TradeKey, Code> latestCodes = new HashMap<>();
    private final Map<TradeKey, Trade> trades = new HashMap<>();
    private final Map<TradeKey, Trade> twins = new HashMap<>();
    private final Map<String, TradeKey> transactions = new HashMap<>();
    private final Map<TradeKey, Set<String>> openCodes = new HashMap<>();
    private final Map<String, Trade> untold = new LinkedHashMap<>();

    int codeCount() {
        return codes.size();
    }

    Optional<Code> code(String text) {
        return Optional.ofNullable(codes.get(text));
    }

    Optional<Code> latestCode(TradeKey key) {
        return Optional.ofNullable(latestCodes.get(key));
    }

    Optional<Trade> trade(TradeKey key) {
        return Optional.ofNullable(trades.get(key));
    }

    /// The second transaction under the same number.
    Optional<Trade> twin(TradeKey key) {
        return Optional.ofNullable(twins.get(key));
    }

    /// The trade that a provider's number belongs to.
    Optional<TradeKey> keyOf(String transactionId) {
        return Optional.ofNullable(transactions.get(transactionId));
    }

    boolean isOpen(Code code) {
        return openCodes.getOrDefault(code.offer().key(), Set.of()).contains(code.text());
    }

    boolean hasOpenCode(TradeKey key) {
        return !openCodes.getOrDefault(key, Set.of()).isEmpty();
    }

    List<Trade> untold() {
        return new ArrayList<>(untold.values());
    }

    void apply(Fact fact) {
        switch (fact) {
            case Fact.CodeIssued(Code code) -> {
                codes.put(code.text(), code);
                latestCodes.put(code.offer().key(), code);
            }
            case Fact.TradeCreated(Trade trade) -> {
                trades.put(trade.offer().key(), trade);
                transactions.put(trade.transactionId(), trade.offer().key());
            }
            case Fact.CodeOpened(String text) -> openCodes.computeIfAbsent(keyOfCode(text), _ -> new HashSet<>()).add(text);
            case Fact.CodeLeft(String text) -> openCodes.getOrDefault(keyOfCode(text), new HashSet<>()).remove(text);
            case Fact.TradePaid(TradeKey key, Payment payment) -> change(known(key).with(payment));
            case Fact.TradePaidAgain(Trade twin) -> {
                twins.put(twin.offer().key(), twin);
                transactions.put(twin.transactionId(), twin.offer().key());
                mustBeTold(twin);
            }
            case Fact.TradeClosed(TradeKey key, Closure closure) -> change(known(key).with(closure));
            case Fact.NoticeEnded(TradeKey key, var _, var noticeId) ->
                untold.remove(noticeId == null ? known(key).noticeId().orElse("") : noticeId);
        }
    }

    private void change(Trade trade) {
        trades.put(trade.offer().key(), trade);
        mustBeTold(trade);
    }

    private void mustBeTold(Trade trade) {
        if (trade.offer().notifyUrl() != null) {
            trade.noticeId().ifPresent(id -> untold.put(id, trade));
        }
    }

    private Trade known(TradeKey key) {
        return Objects.requireNonNull(trades.get(key), "no such trade");
    }

    private TradeKey keyOfCode(String text) {
        return Objects.requireNonNull(codes.get(text), "no such code").offer().key();
    }
}
