package dev.sluice.credit.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataIntegrityViolationException;

import dev.sluice.credit.RunningWorker;
import dev.sluice.event.HoldReason;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.testing.Facts;
import dev.sluice.testing.RoundTrips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The statements that move quota, on a real PostgreSQL.
@ExtendWith(RunningWorker.Shared.class)
class LedgerIT {
    /// What a poll may cost, less the statements that lock and move the position.
    private static final int MOST_ROUND_TRIPS = 12 - 2;

    private final RunningWorker worker;
    private final String trade;
    private final long user;

    LedgerIT(RunningWorker worker) {
        this.worker = worker;
        trade = worker.anotherTrade();
        user = worker.anotherUser();
    }

    @Test
    void booksABatchWholeOrNotAtAll() {
        var ledger = worker.bean(Ledger.class);
        // PostgreSQL takes no such key, which only shows when most of the batch is already written.
        List<LogRecord> tooMuch = entries(Facts.order(trade + "-1", user, 1, Long.MAX_VALUE), Facts.payment(trade + "-1", trade + "-1", 1),
                Facts.payment(trade + "-2", trade + "-2", 1), LedgerFacts.release(trade + "-2", trade + "-2", "k\0", user, 1));

        assertThatThrownBy(() -> ledger.book(tooMuch)).isInstanceOf(DataIntegrityViolationException.class);

        assertThat(count("select count(*) from ledger.payment where trade_no like ?")).isZero();
        assertThat(count("select count(*) from ledger.expected where trade_no like ?")).isZero();
    }

    /// A verified payment is never refused: what the account cannot take waits for an operator.
    @Test
    void aPaymentThatItsUsersAccountCannotTakeIsHeld() {
        var ledger = worker.bean(Ledger.class);
        ledger.book(entries(Facts.order(trade + "-1", user, 1, Long.MAX_VALUE - 1), Facts.payment(trade + "-1", trade + "-1", 1)));

        List<Outcome> outcomes = ledger.book(entries(
                Facts.order(trade + "-2", user, 1, 2), Facts.payment(trade + "-2", trade + "-2", 1),
                Facts.order(trade + "-3", user, 1, 1), Facts.payment(trade + "-3", trade + "-3", 1),
                Facts.order(trade + "-4", user, 1, 1), Facts.payment(trade + "-4", trade + "-4", 1)));

        assertThat(outcomes).satisfiesExactly(
                second -> assertThat(second).isInstanceOfSatisfying(Outcome.Held.class,
                        held -> assertThat(held.reason()).isEqualTo(HoldReason.BALANCE_LIMIT)),
                third -> assertThat(third).isInstanceOf(Outcome.Credited.class),
                fourth -> assertThat(fourth).isInstanceOfSatisfying(Outcome.Held.class,
                        held -> assertThat(held.reason()).isEqualTo(HoldReason.BALANCE_LIMIT)));
        assertThat(worker.balance(user)).isEqualTo(Long.MAX_VALUE);
        assertThat(facts(trade + "-2")).singleElement().isInstanceOfSatisfying(PaymentHeld.class,
                held -> assertThat(held.reason()).isEqualTo(HoldReason.BALANCE_LIMIT));
    }

    /// The provider confirms one transaction for two orders: the first is credited, the second is held, in whatever batches they come.
    @Test
    void aTransactionOfTwoOrdersIsCreditedOnceAndHeldForTheSecond() {
        var ledger = worker.bean(Ledger.class);
        for (boolean together : new boolean[]{true, false}) {
            String first = trade + "-1-" + together;
            String second = trade + "-2-" + together;
            String transaction = "X-" + first;
            List<LogRecord> all = entries(Facts.order(first, user, 1, 5), Facts.order(second, user, 1, 7),
                    Facts.payment(first, transaction, 1), Facts.payment(second, transaction, 1));
            for (int again = 0; again < 2; again++) {
                if (together) {
                    ledger.book(all);
                } else {
                    all.forEach(record -> ledger.book(List.of(record)));
                }
            }

            assertThat(facts(first)).singleElement().isInstanceOf(QuotaCredited.class);
            assertThat(facts(second)).singleElement().isInstanceOfSatisfying(PaymentHeld.class,
                    held -> assertThat(held.reason()).isEqualTo(HoldReason.TRANSACTION_REUSED));
            ledger.book(entries(LedgerFacts.release(second, transaction, "k", user, 1)));
        }

        assertThat(worker.balance(user)).as("and an operator decides about the second").isEqualTo(2 * 5 + 2);
        worker.assertTheBooksBalance();
    }

    /// The code of a closed order was paid, the merchant refunded all of it, and the notification of the payment comes last. Wherever a
    /// batch ends, the refund counts, although the closing before it promised a credit.
    @Test
    void aPaymentThatWasWhollyRefundedAfterItsOrderWasClosedIsHeld() {
        var ledger = worker.bean(Ledger.class);
        for (int borders = 0; borders < 16; borders++) {
            String number = trade + "-" + borders;
            List<LogRecord> all = entries(Facts.order(number, user, 1, 5), LedgerFacts.closed(number, LatePayment.CREDIT),
                    LedgerFacts.closed(number, LatePayment.HOLD), LedgerFacts.refunded(number), Facts.payment(number, "R-" + number, 1));
            int from = 0;
            for (int to = 1; to <= all.size(); to++) {
                if (to == all.size() || (borders >> (to - 1) & 1) == 1) {
                    ledger.book(all.subList(from, to));
                    from = to;
                }
            }

            assertThat(facts(number)).as("batches %s", Integer.toBinaryString(borders)).singleElement()
                    .isEqualTo(Facts.held(number, "R-" + number, Money.ofFen(1), Money.ofFen(1), HoldReason.LATE_PAYMENT));
        }
        assertThat(worker.balance(user)).isZero();
        assertThat(count("select count(distinct (closed_at, late_payment)) from ledger.expected where trade_no like ?")).isOne();
    }

    @Test
    void aHoldNamesWhatWasRefunded() {
        worker.bean(Ledger.class).book(entries(Facts.order(trade, user, 100, 5), Facts.partlyRefunded(trade, "R-" + trade, 100, 30)));

        assertThat(facts(trade)).containsExactly(
                Facts.held(trade, "R-" + trade, Money.ofFen(100), Money.ofFen(30), HoldReason.PARTLY_REFUNDED));
    }

    /// Its orders are in different partitions, and so in different workers.
    @Test
    void concurrentWorkersCreditATransactionOfTwoOrdersOnce() throws Exception {
        var ledger = worker.bean(Ledger.class);
        List<LogRecord> orders = new ArrayList<>();
        List<List<LogRecord>> payments = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < 100; i++) {
            for (int which = 0; which < 2; which++) {
                orders.addAll(entries(Facts.order(trade + "-" + which + "-" + i, user, 1, 1)));
                payments.get(which).addAll(entries(Facts.payment(trade + "-" + which + "-" + i, trade + "-" + i, 1)));
            }
        }
        ledger.book(orders);

        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> runs = new ArrayList<>();
            payments.forEach(each -> runs.add(threads.submit(() -> each.forEach(record -> ledger.book(List.of(record))))));
            for (Future<?> run : runs) {
                run.get();
            }
        }

        assertThat(worker.balance(user)).isEqualTo(100);
        assertThat(count("select count(*) from ledger.payment where held = 'TRANSACTION_REUSED' and trade_no like ?")).isEqualTo(100);
    }

    /// A poll with everything that a poll may have, of one order each and of many.
    @Test
    void aPollCostsTheSameWhateverItsSize() {
        var database = new RoundTrips(worker.database());
        Ledger ledger = LedgerFacts.ledger(database.jdbc());
        List<LogRecord> one = everyKind("one");
        List<LogRecord> many = IntStream.range(0, 200).mapToObj(i -> everyKind("many-" + i)).flatMap(List::stream).toList();

        int ofOne = database.of(() -> ledger.book(one));
        int ofMany = database.of(() -> ledger.book(many));
        int afterwards = database.of(() -> ledger.unpublished(Set.of(LedgerFacts.PARTITION))) - 1;

        assertThat(ofMany + afterwards).isEqualTo(ofOne + afterwards).isLessThanOrEqualTo(MOST_ROUND_TRIPS);
    }

    /// One order that is credited, one payment that is held, one that is confirmed again, a closing and outcomes that the log has.
    private List<LogRecord> everyKind(String name) {
        String number = trade + "-" + name;
        return entries(Facts.order(number, user, 100, 1), Facts.payment(number, "A-" + number, 100),
                Facts.payment(number, "A-" + number, 100), Facts.payment(number, "B-" + number, 100),
                LedgerFacts.closed(number, LatePayment.CREDIT), Facts.credited(number, "A-" + number, user, 1),
                Facts.held(number, "B-" + number, Money.ofFen(100), HoldReason.DUPLICATE_PAYMENT));
    }

    private static List<LogRecord> entries(TopUpEvent... events) {
        return Stream.of(events).map(LedgerFacts::entry).toList();
    }

    /// What the ledger would append about the order.
    private List<TopUpEvent> facts(String number) {
        return worker.bean(Ledger.class).unpublished(Set.of(LedgerFacts.PARTITION)).stream().map(Ledger.Unpublished::fact)
                .filter(fact -> fact.tradeNumber().value().equals(number)).toList();
    }

    @Test
    void transfersAreAppendOnly() {
        worker.log().append(List.of(Facts.order(trade, user, 100, 7), Facts.payment(trade, "P-" + trade, 100)));
        worker.awaitBalance(user, 7);

        assertThatThrownBy(() -> worker.jdbc().sql("update ledger.transfer set quota = 8 where trade_no = ?").param(trade).update())
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> worker.jdbc().sql("delete from ledger.transfer where trade_no = ?").param(trade).update())
                .hasMessageContaining("append-only");
    }

    /// Several workers at once, as after a rebalance, with the same records in different batches.
    @Test
    void concurrentWorkersCreditOnce() throws Exception {
        var ledger = worker.bean(Ledger.class);
        long users = worker.anotherUsers(5);
        List<LogRecord> entries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String each = trade + "-" + i;
            entries.add(LedgerFacts.entry(Facts.order(each, users + i % 5, 100, 10)));
            entries.add(LedgerFacts.entry(Facts.payment(each, each, 100)));
        }
        ledger.book(entries.stream().filter(entry -> entry.event().orElseThrow() instanceof OrderCreated).toList());

        try (var threads = Executors.newFixedThreadPool(4)) {
            var runs = new ArrayList<Future<?>>();
            for (int run = 0; run < 4; run++) {
                List<LogRecord> shuffled = new ArrayList<>(entries);
                Collections.shuffle(shuffled, new Random(run));
                runs.add(threads.submit(() -> {
                    for (int from = 0; from < shuffled.size(); from += 50) {
                        ledger.book(shuffled.subList(from, from + 50));
                    }
                }));
            }
            for (var run : runs) {
                run.get();
            }
        }

        for (int i = 0; i < 5; i++) {
            assertThat(worker.balance(users + i)).isEqualTo(400);
        }
        worker.assertTheBooksBalance();
    }

    private long count(String query) {
        return worker.jdbc().sql(query).param(trade + "-%").query(Long.class).single();
    }
}
