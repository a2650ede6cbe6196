package dev.sluice.credit.ledger;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.credit.RunningWorker;
import dev.sluice.credit.refund.RefundFacts;
import dev.sluice.credit.refund.RefundState;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.Funds;
import dev.sluice.event.RefundEvent.Mirroring;
import dev.sluice.event.RefundEvent.QuotaReturned;
import dev.sluice.event.RefundEvent.QuotaTaken;
import dev.sluice.event.RefundEvent.RefundRefused;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.Refusal;
import dev.sluice.event.RefundEvent.Reservation;
import dev.sluice.event.TopUpEvent;
import dev.sluice.log.DecodedRecord;
import dev.sluice.testing.Facts;

import static dev.sluice.credit.RunningWorker.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What refunds reserve, take and return, in the real ledger.
@ExtendWith(RunningWorker.Shared.class)
class RefundsIT {
    /// The others count what it costs to look for outcomes where no refund has one.
    private static final int PARTITION = LedgerFacts.PARTITION - 1;

    private final RunningWorker worker;
    private final String trade;
    private final long user;
    private final String paid;

    RefundsIT(RunningWorker worker) {
        this.worker = worker;
        trade = worker.anotherTrade();
        user = worker.anotherUser();
        paid = "X-" + trade;
    }

    /// G5, after each refund.
    @AfterEach
    void theBooksBalance() {
        worker.assertTheBooksBalance();
    }

    @Test
    void reservesAtOnceAndTakesWhatSucceeded() {
        credit();

        List<RefundState> first = book(RefundFacts.requested(trade, "R1", paid, 30));
        assertThat(worker.balance(user)).as("reserved quota cannot be spent").isEqualTo(700);
        List<RefundState> last = book(RefundFacts.succeeded(trade, "R1", 30), RefundFacts.succeeded(trade, "R1", 30));
        List<RefundState> again = book(RefundFacts.requested(trade, "R1", paid, 30), RefundFacts.succeeded(trade, "R1", 30));

        assertThat(first).containsExactly(RefundState.OWED);
        assertThat(last).containsExactly(RefundState.SUCCEEDED);
        assertThat(again).isEmpty();
        assertThat(transfers()).containsExactly("CREDIT issued user:" + user + " 1000", "RESERVE user:" + user + " held:" + user + " 300",
                "TAKE held:" + user + " issued 300");
        assertThat(facts()).satisfiesExactly(fact -> {
            var reserved = (RefundReserved) fact;
            assertThat(reserved.payment().money()).isEqualTo(Facts.payment(trade, paid, 100).money());
            assertThat(reserved.payment().merchant()).isEqualTo(Facts.MERCHANT);
            assertThat(reserved.reservation()).isInstanceOfSatisfying(Reservation.OfQuota.class, quota -> {
                assertThat(quota.quota().units()).isEqualTo(300);
                assertThat(quota.balance().units()).isEqualTo(700);
            });
        }, fact -> assertThat(((QuotaTaken) fact).balance().units()).isEqualTo(700));
    }

    @Test
    void returnsTheQuotaOfARefundThatFailedOrWasDeclined() {
        credit();
        book(RefundFacts.requested(trade, "R1", paid, 60), RefundFacts.requested(trade, "R2", paid, 40, Funds.CREDITED, true));
        assertThat(worker.balance(user)).isZero();

        assertThat(book(RefundFacts.failed(trade, "R2"))).as("the provider was never called").isEmpty();
        assertThat(book(RefundFacts.declined(trade, "R2"), RefundFacts.approved(trade, "R2"))).containsExactly(RefundState.DECLINED);
        assertThat(book(RefundFacts.failed(trade, "R1"), RefundFacts.failed(trade, "R1"))).containsExactly(RefundState.FAILED);

        assertThat(worker.balance(user)).isEqualTo(1_000);
        assertThat(facts()).filteredOn(QuotaReturned.class::isInstance).hasSize(2);
        assertThat(book(RefundFacts.requested(trade, "R3", paid, 100))).as("all of it can be refunded again")
                .containsExactly(RefundState.OWED);
    }

    @Test
    void callsTheProviderForWhatASecondOperatorApprovedAndTheFirstDecisionCounts() {
        credit();

        assertThat(book(RefundFacts.requested(trade, "R1", paid, 60, Funds.CREDITED, true), RefundFacts.approved(trade, "R1"),
                RefundFacts.declined(trade, "R1"))).containsExactly(RefundState.WAITING, RefundState.OWED);
        assertThat(facts()).singleElement().isInstanceOfSatisfying(RefundReserved.class,
                reserved -> assertThat(reserved.needsApproval()).isTrue());
    }

    /// Two operators at once, each within what was left when they looked.
    @Test
    void neverReservesMoreThanIsLeft() {
        credit();

        book(RefundFacts.requested(trade, "R1", paid, 60), RefundFacts.requested(trade, "R2", paid, 50));

        assertThat(facts()).filteredOn(RefundRefused.class::isInstance).singleElement().isInstanceOfSatisfying(RefundRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Refusal.MORE_THAN_LEFT));
        assertThat(worker.balance(user)).isEqualTo(400);
    }

    @Test
    void refusesWhatIsNotThereToBeRefunded() {
        book(Facts.order(trade, user, 100, 1_000), Facts.payment(trade, "W-" + trade, 50));

        book(RefundFacts.requested(trade, "R1", paid, 1), RefundFacts.requested(trade, "R2", "W-" + trade, 50),
                RefundFacts.requested(trade, "R3", "W-" + trade, 50, Funds.HELD, false));

        assertThat(refusals()).containsExactly(Refusal.UNKNOWN_PAYMENT, Refusal.NOT_CREDITED, Refusal.NOT_HELD);
    }

    /// The product spends elsewhere: a balance that was lowered by hand is not lowered below zero.
    @Test
    void refusesWhatTheAccountHasNoMore() {
        credit();
        worker.jdbc().sql("update ledger.account set balance = 299 where id = ?").param("user:" + user).update();

        book(RefundFacts.requested(trade, "R1", paid, 30));

        worker.jdbc().sql("update ledger.account set balance = 1000 where id = ?").param("user:" + user).update();
        assertThat(refusals()).containsExactly(Refusal.QUOTA_SPENT);
    }

    @Test
    void returnsHeldMoneyWithoutQuotaAndHasItDecidedAnewWhenThatFails() {
        book(Facts.order(trade, user, 100, 1_000), Facts.payment(trade, paid, 50),
                LedgerFacts.markForRefund(trade, paid, "k"), RefundFacts.requested(trade, "R1", paid, 50, Funds.HELD, false));
        assertThat(worker.balance(user)).isZero();
        book(LedgerFacts.release(trade, paid, "early", user, 500));
        assertThat(worker.balance(user)).as("the refund is under way").isZero();

        book(RefundFacts.failed(trade, "R1"), LedgerFacts.release(trade, paid, "l", user, 500));

        assertThat(worker.balance(user)).isEqualTo(500);
        assertThat(facts()).filteredOn(RefundEvent.class::isInstance).singleElement()
                .isInstanceOfSatisfying(RefundReserved.class,
                        reserved -> assertThat(reserved.reservation()).isInstanceOf(Reservation.OfMoney.class));
        book(RefundFacts.requested(trade, "R2", paid, 50, Funds.HELD, false));
        assertThat(refusals()).as("quota and money both").containsExactly(Refusal.NOT_HELD);
    }

    @Test
    void aRefundInTheConsoleLowersWhatIsLeftAndAnOperatorDecidesAboutItsQuota() {
        credit();

        assertThat(book(RefundFacts.found(trade, "CONSOLE", paid, 80), RefundFacts.found(trade, "CONSOLE", paid, 80)))
                .containsExactly(RefundState.FOUND);
        book(RefundFacts.requested(trade, "R1", paid, 30));
        assertThat(refusals()).containsExactly(Refusal.MORE_THAN_LEFT);
        assertThat(worker.balance(user)).isEqualTo(1_000);
        assertThat(book(RefundFacts.resolved(trade, "CONSOLE", Mirroring.TAKE_QUOTA),
                RefundFacts.resolved(trade, "CONSOLE", Mirroring.KEEP_QUOTA)))
                .containsExactly(RefundState.TAKEN);

        assertThat(worker.balance(user)).isEqualTo(200);
        assertThat(facts()).filteredOn(QuotaTaken.class::isInstance).hasSize(1);
        assertThat(transfers()).contains("MIRROR user:" + user + " issued 800");
    }

    /// The provider did refund what was thought to have failed: the payer has the money, and the quota until an operator decides.
    @Test
    void moneyThatLeftAfterAFailureIsFound() {
        credit();
        book(RefundFacts.requested(trade, "R1", paid, 30), RefundFacts.failed(trade, "R1"), RefundFacts.succeeded(trade, "R1", 30));

        assertThat(worker.balance(user)).isEqualTo(1_000);
        book(RefundFacts.requested(trade, "R2", paid, 71), RefundFacts.resolved(trade, "R1", Mirroring.TAKE_QUOTA));

        assertThat(refusals()).containsExactly(Refusal.MORE_THAN_LEFT);
        assertThat(worker.balance(user)).isEqualTo(700);
    }

    @Test
    void theWorkerAppendsWhatItDecidedOnce() {
        worker.log().append(List.of(Facts.order(trade, user, 100, 1_000), Facts.payment(trade, paid, 100),
                RefundFacts.requested(trade, "R1", paid, 30), RefundFacts.requested(trade, "R1", paid, 30),
                RefundFacts.requested(trade, "R2", paid, 80)));
        await().atMost(SOON).until(() -> appended().size() == 2);
        worker.log().append(RefundFacts.succeeded(trade, "R1", 30));
        await().atMost(SOON).until(() -> appended().size() == 3);
        worker.awaitAllRead();

        assertThat(appended()).extracting(fact -> fact.getClass().getSimpleName()).containsExactlyInAnyOrder("RefundReserved",
                "RefundRefused", "QuotaTaken");
        assertThat(worker.balance(user)).isEqualTo(700);
    }

    private void credit() {
        book(Facts.order(trade, user, 100, 1_000), Facts.payment(trade, paid, 100));
    }

    private List<RefundState> book(TopUpEvent... events) {
        return worker.bean(Ledger.class).book(Stream.of(events).map(event -> LedgerFacts.entry(event, PARTITION)).toList()).stream()
                .flatMap(outcome -> outcome instanceof Outcome.OfRefund(var refund) ? Stream.of(refund.state()) : Stream.empty()).toList();
    }

    /// What the ledger would append about the order's refunds.
    private List<TopUpEvent> facts() {
        return worker.bean(Ledger.class).unpublished(Set.of(PARTITION)).stream().map(Ledger.Unpublished::fact)
                .filter(fact -> fact.tradeNumber().value().equals(trade) && fact instanceof RefundEvent).toList();
    }

    private List<Refusal> refusals() {
        return facts().stream().flatMap(fact -> fact instanceof RefundRefused refused ? Stream.of(refused) : Stream.empty())
                .sorted((one, other) -> one.refundNumber().value().compareTo(other.refundNumber().value())).map(RefundRefused::reason)
                .toList();
    }

    /// What the worker appended about them.
    private List<TopUpEvent> appended() {
        return worker.written().facts(trade).stream().map(DecodedRecord.Fact::event)
                .filter(event -> event instanceof RefundReserved || event instanceof RefundRefused || event instanceof QuotaTaken).toList();
    }

    private List<String> transfers() {
        return worker.jdbc().sql("""
                select concat_ws(' ', kind, debit_account, credit_account, quota) from ledger.transfer where trade_no = ? order by kind""")
                .param(trade).query(String.class).list();
    }
}
