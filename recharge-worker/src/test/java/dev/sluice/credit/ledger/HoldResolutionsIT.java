package dev.sluice.credit.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.credit.RunningWorker;
import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.Resolution;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.log.DecodedRecord;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static dev.sluice.credit.RunningWorker.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What persons decide about held money, in the real ledger.
@ExtendWith(RunningWorker.Shared.class)
class HoldResolutionsIT {
    private final RunningWorker worker;
    private final String trade;
    private final long user;

    HoldResolutionsIT(RunningWorker worker) {
        this.worker = worker;
        trade = worker.anotherTrade();
        user = worker.anotherUser();
    }

    /// G5, after whatever was decided.
    @AfterEach
    void theBooksBalance() {
        worker.assertTheBooksBalance();
    }

    @Test
    void aReleasedPaymentBecomesTheDecidedQuotaOnceHoweverOftenItIsTold() {
        book(Facts.order(trade, user, 100, 7), Facts.payment(trade, "A-" + trade, 50));

        List<Outcome> first = book(LedgerFacts.release(trade, "A-" + trade, "k", user, 3));
        List<Outcome> again = book(LedgerFacts.release(trade, "A-" + trade, "k", user, 3),
                LedgerFacts.release(trade, "A-" + trade, "k", user, 3));

        assertThat(first).singleElement().isInstanceOf(Outcome.Resolved.class);
        assertThat(again).as("decided before").isEmpty();
        assertThat(facts()).satisfiesExactly(held -> assertThat(held).isInstanceOf(PaymentHeld.class),
                released -> assertThat(released).isInstanceOfSatisfying(QuotaCredited.class, credited -> {
                    assertThat(credited.userId()).isEqualTo(new UserId(Long.toString(user)));
                    assertThat(credited.quota().units()).isEqualTo(3);
                    assertThat(credited.balance().units()).isEqualTo(3);
                    assertThat(credited.released()).isTrue();
                    assertThat(credited.late()).isFalse();
                }));
        assertThat(transfers()).containsExactly("RELEASE wechat A-" + trade + " 3");
        assertThat(worker.balance(user)).isEqualTo(3);
    }

    @Test
    void paymentAndDecisionInOneBatchAreBookedAsIfTheyCameAlone() {
        TopUpEvent[] all = {Facts.order(trade, user, 100, 7), Facts.payment(trade, "A-" + trade, 50),
                LedgerFacts.release(trade, "A-" + trade, "k", user, 3), Facts.payment(trade, "B-" + trade, 100),
                Facts.payment(trade, "C-" + trade, 100), LedgerFacts.markForRefund(trade, "C-" + trade, "l")};

        book(all);
        List<TopUpEvent> first = facts();
        List<Outcome> again = book(all);

        assertThat(again).isEmpty();
        assertThat(facts()).hasSize(4).isEqualTo(first);
        assertThat(first).filteredOn(fact -> fact instanceof PaymentHeld held && held.transactionId().value().startsWith("A-"))
                .singleElement().isInstanceOfSatisfying(PaymentHeld.class,
                        held -> assertThat(held.reason()).as("still the same fact").isEqualTo(HoldReason.AMOUNT_MISMATCH));
        assertThat(transfers()).containsExactly("CREDIT  7", "RELEASE wechat A-" + trade + " 3");
        assertThat(resolved()).containsExactly("A-" + trade + " CREDIT k", "C-" + trade + " REFUND l");
        assertThat(worker.balance(user)).isEqualTo(10);
    }

    @Test
    void theFirstDecisionInTheLogCounts() {
        book(Facts.payment(trade, "A-" + trade, 50), Facts.payment(trade, "B-" + trade, 50));

        List<Outcome> together = book(LedgerFacts.markForRefund(trade, "A-" + trade, "first"),
                LedgerFacts.release(trade, "A-" + trade, "second", user, 3), LedgerFacts.release(trade, "B-" + trade, "third", user, 4));
        List<Outcome> later = book(LedgerFacts.markForRefund(trade, "B-" + trade, "fourth"));

        assertThat(together.stream().map(outcome -> outcome.getClass().getSimpleName())).containsExactly("Resolved", "Ignored",
                "Resolved");
        assertThat(facts()).as("money to be given back brings no quota").filteredOn(QuotaCredited.class::isInstance).hasSize(1);
        assertThat(later).singleElement().isInstanceOf(Outcome.Ignored.class);
        assertThat(resolved()).containsExactly("A-" + trade + " REFUND first", "B-" + trade + " CREDIT third");
        assertThat(worker.balance(user)).as("of an order that we never issued, to a named user").isEqualTo(4);
    }

    @Test
    void aDecisionAboutWhatIsNotHeldChangesNothing() {
        book(Facts.order(trade, user, 100, 7), Facts.payment(trade, "A-" + trade, 100), Facts.payment(trade, "B-" + trade, 100));

        List<Outcome> outcomes = book(
                LedgerFacts.release(trade, "A-" + trade, "credited", user, 3),
                LedgerFacts.release(trade, "NEVER-" + trade, "never came", user, 3),
                LedgerFacts.release(worker.anotherTrade(), "B-" + trade, "of another order", user, 3),
                LedgerFacts.release(trade, "C-" + trade, "before it came", user, 3),
                Facts.payment(trade, "C-" + trade, 100));

        assertThat(outcomes.stream().filter(Outcome.Ignored.class::isInstance)).hasSize(4);
        assertThat(resolved()).isEmpty();
        assertThat(worker.balance(user)).isEqualTo(7);
    }

    @Test
    void theRightPaymentIsCreditedAlsoAfterAWrongOneWasReleased() {
        book(Facts.order(trade, user, 100, 7), Facts.payment(trade, "A-" + trade, 50));
        book(LedgerFacts.release(trade, "A-" + trade, "k", user, 3));

        List<Outcome> outcomes = book(Facts.payment(trade, "B-" + trade, 100), Facts.payment(trade, "A-" + trade, 50));

        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Credited.class);
        assertThat(facts()).filteredOn(PaymentHeld.class::isInstance).as("of the wrong one, still").hasSize(1);
        assertThat(facts()).filteredOn(fact -> fact instanceof QuotaCredited credited && !credited.released()).hasSize(1);
        assertThat(worker.balance(user)).isEqualTo(10);
    }

    @Test
    void lateMoneyIsHeldAgainAfterSomeWasReleased() {
        book(Facts.order(trade, user, 100, 7), LedgerFacts.closed(trade, LatePayment.HOLD), Facts.payment(trade, "A-" + trade, 100));
        book(LedgerFacts.release(trade, "A-" + trade, "k", user, 7));

        List<Outcome> outcomes = book(Facts.payment(trade, "B-" + trade, 100));

        assertThat(facts()).filteredOn(QuotaCredited.class::isInstance).singleElement()
                .satisfies(credited -> assertThat(((QuotaCredited) credited).late()).isTrue());
        assertThat(outcomes).singleElement().isInstanceOfSatisfying(Outcome.Held.class,
                held -> assertThat(held.reason()).isEqualTo(HoldReason.LATE_PAYMENT));
        assertThat(worker.balance(user)).isEqualTo(7);
    }

    /// It must not hold up the partition; the money stays held, and an operator can decide again.
    @Test
    void aReleaseThatTheAccountCannotTakeIsIgnored() {
        book(Facts.payment(trade, "A-" + trade, 50), Facts.payment(trade, "B-" + trade, 50), Facts.payment(trade, "C-" + trade, 50));
        long other = worker.anotherUser();

        List<Outcome> outcomes = book(LedgerFacts.release(trade, "A-" + trade, "k", user, Long.MAX_VALUE - 5),
                LedgerFacts.release(trade, "B-" + trade, "l", user, 6), LedgerFacts.release(trade, "C-" + trade, "m", user, 5));
        List<Outcome> again = book(LedgerFacts.release(trade, "B-" + trade, "l", user, 6));
        List<Outcome> later = book(LedgerFacts.release(trade, "B-" + trade, "n", other, 6));

        assertThat(outcomes.stream().map(outcome -> outcome.getClass().getSimpleName())).containsExactly("Resolved", "Ignored", "Resolved");
        assertThat(again).singleElement().isInstanceOf(Outcome.Ignored.class);
        assertThat(later).singleElement().isInstanceOf(Outcome.Resolved.class);
        assertThat(resolved()).containsExactly("A-" + trade + " CREDIT k", "B-" + trade + " CREDIT n", "C-" + trade + " CREDIT m");
        assertThat(worker.balance(user)).isEqualTo(Long.MAX_VALUE);
        assertThat(worker.balance(other)).isEqualTo(6);
    }

    /// The payer has the money again, whatever an operator decided before that was known.
    @Test
    void aReleaseOfARefundedPaymentIsIgnored() {
        String before = trade + "-before";
        book(Facts.order(trade, user, 100, 7), Facts.payment(trade, "A-" + trade, 50), Facts.order(before, user, 100, 7),
                Facts.payment(before, "B-" + trade, 50),
                Facts.payment(trade, "C-" + trade, Money.ofFen(100), Providers.ALIPAY, Facts.MERCHANT));

        List<Outcome> together = book(LedgerFacts.release(before, "B-" + trade, "early", user, 2), LedgerFacts.refunded(before),
                LedgerFacts.release(before, "B-" + trade, "early", user, 2), LedgerFacts.refunded(trade),
                LedgerFacts.release(trade, "A-" + trade, "k", user, 3));
        List<Outcome> later = book(LedgerFacts.release(trade, "A-" + trade, "k", user, 3),
                LedgerFacts.release(trade, "A-" + trade, "l", user, 3),
                LedgerFacts.markForRefund(trade, "A-" + trade, "m"));
        List<Outcome> elsewhere = book(new HoldResolved(new TradeNumber(trade), Providers.ALIPAY, new TransactionId("C-" + trade),
                new Resolution.Credit(new UserId(Long.toString(user)), new Quota(5)), new UserId("9"), "why", "n"));

        assertThat(together.stream().map(outcome -> outcome.getClass().getSimpleName())).containsExactly("Resolved", "Ignored");
        assertThat(later.stream().map(outcome -> outcome.getClass().getSimpleName())).containsExactly("Ignored", "Ignored", "Resolved");
        assertThat(elsewhere).as("the provider of the order refunded its own payment").singleElement().isInstanceOf(Outcome.Resolved.class);
        assertThat(resolved()).containsExactly("A-" + trade + " REFUND m", "C-" + trade + " CREDIT n");
        assertThat(worker.balance(user)).isEqualTo(2 + 5);
    }

    /// A payment and a release for one account in one batch.
    @Test
    void aReleaseLeavesRoomForTheCreditBeforeIt() {
        book(Facts.payment(trade, "A-" + trade, 50));

        List<Outcome> outcomes = book(Facts.order(trade + "-2", user, 100, Long.MAX_VALUE), Facts.payment(trade + "-2", "B-" + trade, 100),
                LedgerFacts.release(trade, "A-" + trade, "k", user, 1));

        assertThat(outcomes.stream().map(outcome -> outcome.getClass().getSimpleName())).containsExactly("Credited", "Ignored");
        assertThat(resolved()).isEmpty();
        assertThat(worker.balance(user)).isEqualTo(Long.MAX_VALUE);
    }

    /// Several workers at once, as after a rebalance, with the same records in different batches.
    @Test
    void concurrentWorkersReleaseOnce() throws Exception {
        long users = worker.anotherUsers(5);
        List<TopUpEvent> payments = new ArrayList<>();
        List<TopUpEvent> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            payments.add(Facts.payment(trade + "-" + i, trade + "-" + i, 50));
            all.add(Facts.payment(trade + "-" + i, trade + "-" + i, 50));
            all.add(LedgerFacts.release(trade + "-" + i, trade + "-" + i, "k", users + i % 5, 10));
            all.add(LedgerFacts.release(trade + "-" + i, trade + "-" + i, "l", users + (i + 1) % 5, 10));
            all.add(Facts.order(trade + "_" + i, users + i % 5, 100, 1));
            all.add(Facts.payment(trade + "_" + i, trade + "_" + i, 100));
        }
        book(payments.toArray(TopUpEvent[]::new));

        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> runs = new ArrayList<>();
            for (int run = 0; run < 4; run++) {
                List<TopUpEvent> shuffled = new ArrayList<>(all);
                Collections.shuffle(shuffled, new Random(run));
                runs.add(() -> {
                    for (int from = 0; from < shuffled.size(); from += 50) {
                        book(shuffled.subList(from, from + 50).toArray(TopUpEvent[]::new));
                    }
                    return true;
                });
            }
            for (Future<Boolean> run : threads.invokeAll(runs)) {
                run.get();
            }
        }

        assertThat(worker.jdbc().sql("select count(*) from ledger.transfer where kind = 'RELEASE' and trade_no like ?").param(trade + "-%")
                .query(Long.class).single()).isEqualTo(200);
        assertThat(LongStream.range(users, users + 5).map(worker::balance).sum()).isGreaterThanOrEqualTo(2000);
    }

    @Test
    void tellsTheLogAndCountsNoLongerAsOpen() {
        var open = worker.bean(MeterRegistry.class).get("sluice.holds.open").gauge();
        worker.log().append(Facts.payment(trade, "A-" + trade, 50));
        await().atMost(SOON).until(() -> worker.outcomes(trade).size() == 1);
        double before = worker.undecided();
        await().atMost(SOON).until(() -> open.value() == before);

        worker.log().append(LedgerFacts.release(trade, "A-" + trade, "k", user, 3));
        worker.log().append(LedgerFacts.release(trade, "A-" + trade, "k", user, 3));
        worker.log().append(LedgerFacts.markForRefund(trade, "A-" + trade, "l"));
        worker.log().append(Facts.payment(trade, "A-" + trade, 50));

        await().atMost(SOON).until(() -> worker.outcomes(trade).size() == 2);
        assertThat(worker.outcomes(trade).stream().filter(fact -> fact.event() instanceof QuotaCredited).map(DecodedRecord.Fact::id)
                .distinct())
                .hasSize(1);
        assertThat(
                worker.outcomes(trade).stream().filter(fact -> fact.event() instanceof PaymentHeld).map(DecodedRecord.Fact::id).distinct())
                .hasSize(1);
        await().atMost(SOON).until(() -> open.value() == before - 1);
        assertThat(worker.balance(user)).isEqualTo(3);
    }

    private List<Outcome> book(TopUpEvent... events) {
        return worker.bean(Ledger.class).book(Stream.of(events).map(LedgerFacts::entry).toList());
    }

    /// What the ledger would append about the order.
    private List<TopUpEvent> facts() {
        return worker.bean(Ledger.class).unpublished(Set.of(LedgerFacts.PARTITION)).stream().map(Ledger.Unpublished::fact)
                .filter(fact -> fact.tradeNumber().value().equals(trade)).toList();
    }

    private List<String> transfers() {
        return worker.jdbc().sql("select concat_ws(' ', kind, ref, quota) from ledger.transfer where trade_no = ? order by kind, ref")
                .param(trade)
                .query(String.class).list();
    }

    private List<String> resolved() {
        return worker.jdbc().sql("""
                select concat_ws(' ', transaction_id, resolved, resolution_key) from ledger.payment
                where trade_no = ? and resolved is not null order by transaction_id""").param(trade).query(String.class).list();
    }
}
