package dev.sluice.credit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.credit.ledger.LedgerFacts;
import dev.sluice.credit.refund.RefundFacts;
import dev.sluice.event.HoldReason;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent.Funds;
import dev.sluice.event.RefundEvent.Mirroring;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.Topic;
import dev.sluice.testing.Facts;

import static dev.sluice.credit.RunningWorker.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// The whole worker on a real Kafka and a real PostgreSQL.
@ExtendWith(RunningWorker.Shared.class)
class RechargeWorkerIT {
    private final RunningWorker worker;
    private final String trade;
    private final long user;

    RechargeWorkerIT(RunningWorker worker) {
        this.worker = worker;
        trade = worker.anotherTrade();
        user = worker.anotherUser();
    }

    @Test
    void creditsOnceHoweverOftenThePaymentIsTold() {
        worker.log().append(Facts.order(trade, user, 7300, 5_000_000));
        for (int i = 0; i < 20; i++) {
            worker.log().append(Facts.payment(trade, "X-" + trade, 7300));
        }

        worker.awaitBalance(user, 5_000_000);
        worker.log().append(Facts.payment(trade, "X-" + trade, 7300));
        worker.awaitAllRead();

        assertThat(worker.balance(user)).isEqualTo(5_000_000);
        assertThat(outcomes(trade)).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(QuotaCredited.class));
        assertThat(outcomes(trade)).as("appended once").hasSize(1);
        worker.assertTheBooksBalance();
    }

    @Test
    void measuresHowLongThePayerWaitedOnceHoweverOftenThePaymentIsTold() {
        worker.awaitAllRead();
        var waited = worker.bean(MeterRegistry.class).get("sluice.paid.to.credited").tag("source", "notification").timer();
        long before = waited.count();
        worker.log().append(List.of(Facts.order(trade, user, 100, 7), Facts.payment(trade, "W-" + trade, 100)));
        worker.awaitAllRead();

        worker.log().append(Facts.payment(trade, "W-" + trade, 100));
        worker.log().append(Facts.payment(worker.anotherTrade(), "N-" + trade, 100));
        worker.awaitAllRead();

        assertThat(waited.count()).isEqualTo(before + 1);
    }

    @Test
    void theMetricsSayHowManyPaymentsAreHeld() {
        var open = worker.bean(MeterRegistry.class).get("sluice.holds.open").gauge();
        worker.log().append(Facts.payment(trade, "O-" + trade, 100));
        worker.awaitAllRead();
        double held = worker.undecided();

        assertThat(held).isPositive();
        await().atMost(SOON).untilAsserted(() -> assertThat(open.value()).isEqualTo(held));
    }

    @Test
    void holdsASecondPaymentAndOneThatNobodyAskedFor() {
        String never = worker.anotherTrade();
        worker.log().append(List.of(Facts.order(trade, user, 100, 7), Facts.payment(trade, "A-" + trade, 100),
                Facts.payment(trade, "B-" + trade, 100)));
        worker.log().append(Facts.payment(never, "C-" + trade, 100));

        worker.awaitAllRead();

        assertThat(worker.balance(user)).isEqualTo(7);
        assertThat(outcomes(trade)).anySatisfy(outcome -> {
            assertThat(outcome).isInstanceOfSatisfying(PaymentHeld.class,
                    held -> assertThat(held.reason()).isEqualTo(HoldReason.DUPLICATE_PAYMENT));
        });
        assertThat(outcomes(never))
                .singleElement()
                .isInstanceOfSatisfying(PaymentHeld.class, held -> assertThat(held.reason()).isEqualTo(HoldReason.UNKNOWN_ORDER));
    }

    @Test
    void marksAPaymentThatCameAfterTheOrderWasClosed() {
        String late = trade + "-late";
        String early = trade + "-early";
        worker.log().append(List.of(Facts.order(late, user, 100, 7), LedgerFacts.closed(late, LatePayment.CREDIT),
                Facts.payment(late, "L-" + trade, 100)));
        worker.log().append(List.of(Facts.order(early, user, 100, 7), Facts.payment(early, "E-" + trade, 100),
                LedgerFacts.closed(early, LatePayment.HOLD)));

        worker.awaitBalance(user, 14);

        assertThat(outcomes(late)).singleElement().isInstanceOfSatisfying(QuotaCredited.class,
                credited -> assertThat(credited.late()).isTrue());
        assertThat(outcomes(early)).singleElement().isInstanceOfSatisfying(QuotaCredited.class,
                credited -> assertThat(credited.late()).isFalse());
    }

    /// Told one by one, so that the closing is in the ledger when the payment comes, and all at once.
    @Test
    void holdsLateMoneyWhenTheClosingSaysSo() {
        String alone = trade + "-alone";
        String together = trade + "-together";
        worker.log().append(Facts.order(alone, user, 100, 7));
        worker.log().append(LedgerFacts.closed(alone, LatePayment.HOLD));
        worker.awaitAllRead();
        worker.log().append(Facts.payment(alone, "HL-" + trade, 100));
        worker.log().append(List.of(Facts.order(together, user, 100, 7), LedgerFacts.closed(together, LatePayment.HOLD),
                Facts.payment(together, "HT-" + trade, 100)));
        worker.awaitAllRead();

        for (String each : List.of(alone, together)) {
            assertThat(outcomes(each)).singleElement().isInstanceOfSatisfying(PaymentHeld.class,
                    held -> assertThat(held.reason()).isEqualTo(HoldReason.LATE_PAYMENT));
        }
        assertThat(worker.balance(user)).isZero();
    }

    /// G1: a verified payment is credited or held. None of these is only a dead letter, and none only acknowledged.
    @Test
    void holdsWhatAnAccountCannotTakeAndATransactionOfAnotherOrder() {
        String full = trade + "-full";
        String again = trade + "-again";
        worker.log().append(List.of(Facts.order(trade, user, 100, Long.MAX_VALUE), Facts.payment(trade, "A-" + trade, 100),
                Facts.order(full, user, 100, 1), Facts.order(again, user, 100, 1)));
        worker.awaitBalance(user, Long.MAX_VALUE);
        worker.log().append(List.of(Facts.payment(full, "F-" + trade, 100), Facts.payment(again, "A-" + trade, 100)));

        worker.awaitAllRead();

        assertThat(outcomes(full)).singleElement().isInstanceOfSatisfying(PaymentHeld.class,
                held -> assertThat(held.reason()).isEqualTo(HoldReason.BALANCE_LIMIT));
        assertThat(outcomes(again)).singleElement().isInstanceOfSatisfying(PaymentHeld.class,
                held -> assertThat(held.reason()).isEqualTo(HoldReason.TRANSACTION_REUSED));
        assertThat(worker.written().records(Topic.DEAD_LETTERS)).noneMatch(letter -> letter.key().startsWith(trade));
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersAndTheRestGoesThrough() {
        worker.send(trade, "rubbish", Map.of());
        worker.send(trade, null, Map.of());
        worker.log().append(List.of(Facts.order(trade, user, 100, 7), Facts.payment(trade, "R-" + trade, 100)));

        worker.awaitBalance(user, 7);

        assertThat(worker.written().records(Topic.DEAD_LETTERS).stream().filter(letter -> trade.equals(letter.key()))).hasSize(2);
    }

    @Test
    void aRecordThatTheLedgerCannotTakeStandsAloneAndTheRestGoesThrough() {
        List<TopUpEvent> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(Facts.order(trade + "-" + i, user, 1, 1));
            events.add(Facts.payment(trade + "-" + i, "B" + i + "-" + trade, 1));
        }
        // An order for nothing: no writer of ours makes it, and the ledger's own check is the last to say so.
        events.add(31, Facts.order(trade, user, 0, 1));

        worker.log().append(events);

        worker.awaitBalance(user, 40);
        worker.awaitAllRead();
        assertThat(worker.written().records(Topic.DEAD_LETTERS).stream().map(ConsumerRecord::key).filter(key -> key.startsWith(trade)))
                .containsOnly(trade);
    }

    /// G4: the ledger is a view of the log. A random history is booked, then everything is thrown away and booked again.
    @Test
    void rebuildingFromTheLogGivesTheSameTransfersAndBalances() {
        long seed = System.nanoTime();
        System.out.println("seed of the random history: " + seed);
        Random random = new Random(seed);
        long users = worker.anotherUsers(5);
        for (int i = 0; i < 300; i++) {
            String each = trade + "-" + i;
            String payment = "H" + i + "-" + trade;
            List<TopUpEvent> history = new ArrayList<>();
            if (random.nextInt(10) > 0) {
                history.add(Facts.order(each, users + random.nextInt(5), 100, 1 + random.nextInt(1000)));
            }
            for (int j = random.nextInt(12); j > 0; j--) {
                String anyKey = "D" + random.nextInt(2);
                String refund = "R" + random.nextInt(3);
                history.add(switch (random.nextInt(13)) {
                    case 7, 8 -> RefundFacts.requested(each, refund, payment, 1 + random.nextInt(60),
                            random.nextInt(4) == 0 ? Funds.HELD : Funds.CREDITED, random.nextInt(3) == 0);
                    case 9 -> random.nextBoolean() ? RefundFacts.approved(each, refund) : RefundFacts.declined(each, refund);
                    case 10 -> random.nextBoolean() ? RefundFacts.succeeded(each, refund, 1) : RefundFacts.failed(each, refund);
                    case 11 -> RefundFacts.found(each, refund, payment, 1 + random.nextInt(60));
                    case 12 -> RefundFacts.resolved(each, refund, random.nextBoolean() ? Mirroring.TAKE_QUOTA : Mirroring.KEEP_QUOTA);
                    case 0 -> LedgerFacts.closed(each, random.nextBoolean() ? LatePayment.HOLD : LatePayment.CREDIT);
                    case 1 -> Facts.payment(each, payment + "-" + random.nextInt(3), 100 + random.nextInt(2));
                    case 2 -> LedgerFacts.release(each, payment + "-" + random.nextInt(3), anyKey, users + random.nextInt(5),
                            1 + random.nextInt(1000));
                    case 3 -> LedgerFacts.markForRefund(each, payment + "-" + random.nextInt(3), anyKey);
                    // Of refunded money nothing is released, and these are to be.
                    case 4 -> i % 10 == 0 ? Facts.payment(each, payment, 100) : LedgerFacts.refunded(each);
                    default -> Facts.payment(each, payment, 100);
                });
            }
            if (i % 10 == 0) {
                history.add(Facts.payment(each, payment + "-W", 99));
                history.add(LedgerFacts.release(each, payment + "-W", "W", users, 5));
            }
            worker.log().append(history);
        }
        worker.awaitAllRead();
        worker.assertTheBooksBalance();
        List<Map<String, Object>> transfers = transfers();
        List<Map<String, Object>> balances = balances(users);
        List<Map<String, Object>> payments = payments();
        List<Map<String, Object>> refunds = refunds();
        assertThat(refunds.stream().map(refund -> refund.get("state")).distinct()).hasSizeGreaterThan(4);
        assertThat(transfers).hasSizeGreaterThan(50).filteredOn(transfer -> transfer.get("kind").equals("RELEASE"))
                .hasSizeGreaterThanOrEqualTo(30);

        worker.startFromNothing();
        worker.awaitAllRead();

        assertThat(transfers()).isEqualTo(transfers);
        assertThat(balances(users)).isEqualTo(balances);
        assertThat(payments()).isEqualTo(payments);
        assertThat(refunds()).isEqualTo(refunds);
        worker.assertTheBooksBalance();
    }

    private List<Map<String, Object>> transfers() {
        // balance_after depends on the order in which partitions were read, which is nobody's promise.
        return worker.jdbc().sql("""
                select id, trade_no, kind, ref, debit_account, credit_account, quota, late, at from ledger.transfer
                where trade_no like ? order by trade_no, kind, ref""").param(trade + "-%").query().listOfRows();
    }

    private List<Map<String, Object>> balances(long users) {
        return worker.jdbc().sql("select id, balance from ledger.account where id in (:ids) order by id")
                .param("ids", LongStream.range(users, users + 5).mapToObj(user -> "user:" + user).toList()).query().listOfRows();
    }

    private List<Map<String, Object>> payments() {
        return worker.jdbc().sql("""
                select provider, transaction_id, trade_no, minor_units, held, resolved, resolution_key from ledger.payment
                where trade_no like ? order by provider, transaction_id""").param(trade + "-%").query().listOfRows();
    }

    private List<Map<String, Object>> refunds() {
        return worker.jdbc().sql("""
                select trade_no, refund_no, minor_units, state, user_id, quota, refusal from ledger.refund
                where trade_no like ? order by trade_no, refund_no""").param(trade + "-%").query().listOfRows();
    }

    private List<TopUpEvent> outcomes(String trade) {
        return await().atMost(SOON).until(() -> worker.outcomes(trade).stream().map(DecodedRecord.Fact::event).toList(),
                told -> !told.isEmpty());
    }
}
