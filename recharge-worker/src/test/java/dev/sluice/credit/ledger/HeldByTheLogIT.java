package dev.sluice.credit.ledger;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sluice.credit.RunningWorker;
import dev.sluice.event.HoldReason;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.Money;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.log.follow.View;
import dev.sluice.testing.Facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// A ledger that reads a log with its outcomes, as in a rebuild, on a real PostgreSQL.
@ExtendWith(RunningWorker.Shared.class)
class HeldByTheLogIT {
    private final RunningWorker worker;
    private final String trade;
    private final long user;

    HeldByTheLogIT(RunningWorker worker) {
        this.worker = worker;
        trade = worker.anotherTrade();
        user = worker.anotherUser();
    }

    /// A rebuild may read another partition first: what the log holds must not take the place of what it credited.
    @Test
    void aPaymentThatTheLogHoldsForTheLimitIsHeldAgain() {
        var ledger = worker.bean(Ledger.class);

        List<Outcome> outcomes = ledger.book(entries(Facts.order(trade + "-1", user, 1, Long.MAX_VALUE),
                Facts.payment(trade + "-1", trade + "-1", 1),
                Facts.held(trade + "-1", trade + "-1", Money.ofFen(1), HoldReason.BALANCE_LIMIT)));

        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Held.class);
        assertThat(facts(trade + "-1")).as("the log has it").isEmpty();
    }

    /// A rebuild reads the second order's partition first.
    @Test
    void aTransactionThatTheLogHoldsAsReusedLeavesItsPlaceToTheOther() {
        var ledger = worker.bean(Ledger.class);
        ledger.book(entries(Facts.order(trade + "-2", user, 1, 7), Facts.payment(trade + "-2", trade, 1),
                Facts.held(trade + "-2", trade, Money.ofFen(1), HoldReason.TRANSACTION_REUSED)));

        List<Outcome> outcomes = ledger.book(entries(Facts.order(trade + "-1", user, 1, 5), Facts.payment(trade + "-1", trade, 1),
                Facts.credited(trade + "-1", trade, user, 5)));

        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Credited.class);
        assertThat(facts(trade + "-1")).isEmpty();
        assertThat(facts(trade + "-2")).isEmpty();
        assertThat(worker.balance(user)).isEqualTo(5);
    }

    /// A rebuild leaves out a dead letter, which comes back after its outcome: the log has decided about it, and no other outcome follows.
    @ParameterizedTest
    @EnumSource(names = {"BALANCE_LIMIT", "TRANSACTION_REUSED", "UNKNOWN_ORDER"})
    void whatTheLogHoldsStaysHeldWhenItsPaymentComesLater(HoldReason reason) {
        var ledger = worker.bean(Ledger.class);
        ledger.book(entries(Facts.order(trade, user, 1, 5), Facts.held(trade, trade, Money.ofFen(1), reason)));
        assertThat(ledger.book(entries(LedgerFacts.release(trade, trade, "k", user, 5)))).as("nothing is released that was not paid")
                .singleElement().isInstanceOf(Outcome.Ignored.class);

        List<Outcome> outcomes = ledger.book(entries(Facts.payment(trade, trade, 1)));

        assertThat(outcomes).singleElement().isInstanceOfSatisfying(Outcome.Held.class,
                held -> assertThat(held.reason()).isEqualTo(reason));
        assertThat(facts(trade)).as("the same fact").containsExactly(Facts.held(trade, trade, Money.ofFen(1), reason));
        assertThat(worker.balance(user)).isZero();
        assertThat(ledger.book(entries(LedgerFacts.release(trade, trade, "l", user, 3)))).singleElement()
                .isInstanceOf(Outcome.Resolved.class);
    }

    /// A poll that ends between a payment and its outcome.
    @Test
    void refusesALogThatSaysOtherwiseThanTheLedger() {
        var ledger = worker.bean(Ledger.class);
        ledger.book(entries(Facts.order(trade + "-1", user, 1, 5), Facts.order(trade + "-2", user, 1, 7),
                Facts.payment(trade + "-2", trade, 1), Facts.payment(trade + "-1", trade, 1)));

        assertThatThrownBy(() -> ledger.book(entries(Facts.held(trade + "-2", trade, Money.ofFen(1), HoldReason.TRANSACTION_REUSED))))
                .isInstanceOf(View.Contradiction.class);
        assertThatThrownBy(() -> ledger.book(entries(Facts.credited(trade + "-1", trade, user, 5))))
                .isInstanceOf(View.Contradiction.class);
        assertThatThrownBy(() -> ledger.book(entries(Facts.released(trade + "-1", trade, user, 5))))
                .isInstanceOf(View.Contradiction.class);
        assertThat(facts(trade + "-2")).hasSize(1);
    }

    private static List<LogRecord> entries(TopUpEvent... events) {
        return Stream.of(events).map(LedgerFacts::entry).toList();
    }

    /// What the ledger would append about the order.
    private List<TopUpEvent> facts(String number) {
        return worker.bean(Ledger.class).unpublished(Set.of(LedgerFacts.PARTITION)).stream().map(Ledger.Unpublished::fact)
                .filter(fact -> fact.tradeNumber().value().equals(number)).toList();
    }
}
