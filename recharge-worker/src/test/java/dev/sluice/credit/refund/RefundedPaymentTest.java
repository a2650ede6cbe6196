package dev.sluice.credit.refund;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.sluice.credit.refund.Refund.Share;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class RefundedPaymentTest {
    private static final UserId USER = new UserId("1");

    /// The issue's promise: whatever the amounts, the parts take the whole, and none takes more than its share rounded up.
    @Test
    void theRefundsOfAWholePaymentTakeExactlyItsQuota() {
        long seed = System.nanoTime();
        System.out.println("seed of the splits: " + seed);
        Random random = new Random(seed);
        for (int split = 0; split < 1_000; split++) {
            long fen = 1 + random.nextLong(random.nextBoolean() ? 1_000_000 : 20);
            long quota = 1 + random.nextLong(random.nextBoolean() ? Long.MAX_VALUE : 50);
            RefundedPayment payment = credited(fen, quota);
            List<Refund> refunds = new ArrayList<>();
            long taken = 0;
            while (payment.left(refunds) > 0) {
                long left = payment.left(refunds);
                long part = left == 1 || refunds.size() == 49 ? left : 1 + random.nextLong(left);
                Refund refund = refund(refunds.size(), part, RefundState.SUCCEEDED, payment.share(Money.ofFen(part), refunds));
                // A part that comes to nothing gives its money and its quota back to the others.
                refunds.add(random.nextInt(4) == 0 && refunds.size() < 40 ? refund.to(RefundState.FAILED) : refund);
                taken += refunds.getLast().state().takesQuota() ? refund.quota() : 0;
            }

            assertThat(taken).as("split %d of %d fen, %d units", split, fen, quota).isEqualTo(quota);
            assertThat(refunds.stream().filter(refund -> refund.state().isMoney()).mapToLong(refund -> refund.money().minorUnits()).sum())
                    .isEqualTo(fen);
        }
    }

    @Test
    void whatTheProviderReturnedBeforeIsNotCountedTwiceWhenItIsFound() {
        var payment = new RefundedPayment(Money.ofFen(100), Money.ofFen(30), true, null);
        Refund found = Refund.found(new RefundKey(new TradeNumber("T"), new RefundNumber("F")), payment(), Money.ofFen(30), 0);

        assertThat(payment.left(List.of())).isEqualTo(70);
        assertThat(payment.left(List.of(found))).isEqualTo(70);
        assertThat(payment.left(List.of(found, refund(1, 20, RefundState.OWED, null)))).isEqualTo(50);
    }

    @Test
    void aFoundRefundTakesQuotaOnlyWhenAnOperatorDecidedSo() {
        RefundedPayment payment = credited(100, 1_000);

        assertThat(payment.share(Money.ofFen(50), List.of(refund(1, 50, RefundState.KEPT, null)))).isEqualTo(share(500));
        assertThat(payment.share(Money.ofFen(50), List.of(refund(1, 50, RefundState.TAKEN, share(500))))).isEqualTo(share(500));
        assertThat(payment.share(Money.ofFen(1), List.of())).isEqualTo(share(10));
        assertThat(credited(1_000, 5).share(Money.ofFen(1), List.of())).as("less than one unit").isNull();
    }

    private static RefundedPayment credited(long fen, long quota) {
        return new RefundedPayment(Money.ofFen(fen), Money.ofFen(0), false, share(quota));
    }

    private static Share share(long quota) {
        return new Share(USER, new Quota(quota));
    }

    private static Payment payment() {
        return new Payment(Providers.WECHAT, new TransactionId("X"));
    }

    private static Refund refund(int number, long fen, RefundState state, @Nullable Share share) {
        return new Refund(new RefundKey(new TradeNumber("T"), new RefundNumber("R" + number)), payment(), Money.ofFen(fen), state, share,
                null,
                new Refund.Request(false, "why"), 0);
    }
}
