package dev.sluice.credit.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.event.RefundEvent;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.follow.LogRecord;

/// A part of a batch that is booked at once: payments and decisions first, then refunds. What an order has after its refunds is in a later
/// round, so that each fact is booked as if it came alone; almost every batch is one round.
record Round(List<LogRecord> payments, List<LogRecord> refunds) {
    static List<Round> of(List<LogRecord> records) {
        List<Round> rounds = new ArrayList<>();
        rounds.add(new Round(new ArrayList<>(), new ArrayList<>()));
        Map<TradeNumber, Integer> current = new HashMap<>();
        for (LogRecord record : records) {
            record.event().ifPresent(event -> {
                boolean isRefund = event instanceof RefundEvent;
                TradeNumber order = event.tradeNumber();
                int half = current.merge(order, isRefund ? 1 : 0, (last, _) -> last % 2 == (isRefund ? 1 : 0) ? last : last + 1);
                while (rounds.size() <= half / 2) {
                    rounds.add(new Round(new ArrayList<>(), new ArrayList<>()));
                }
                Round round = rounds.get(half / 2);
                (isRefund ? round.refunds : round.payments).add(record);
            });
        }
        return rounds;
    }
}
