package dev.sluice.order.refund;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import dev.sluice.event.RefundEvent.Arrival;
import dev.sluice.event.RefundEvent.Failure;
import dev.sluice.event.RefundEvent.Paid;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.RefundEvent.ProviderRefund;
import dev.sluice.event.RefundEvent.QuotaReturned;
import dev.sluice.event.RefundEvent.RefundFailed;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.RefundSucceeded;
import dev.sluice.event.RefundEvent.Reservation;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.order.Scenario;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

/// The facts that the ledger and the reconciler append about refunds of an order's payment "A".
record OutcomeFacts(Scenario order) {
    static final Evidence EVIDENCE = Evidence.ofAnswer(Facts.AT, "<xml>the answer</xml>".getBytes(StandardCharsets.UTF_8));

    UserId userId() {
        return new UserId(Long.toString(order.user()));
    }

    Payment payment() {
        return new Payment(Providers.WECHAT, order.transaction("A"));
    }

    RefundReserved reserve(RefundNumber number, long fen, long quota) {
        return reserve(number, fen, quota, false);
    }

    RefundReserved reserve(RefundNumber number, long fen, long quota, boolean needsApproval) {
        return reserved(number, fen, new Reservation.OfQuota(userId(), new Quota(quota), new Quota(0), UUID.randomUUID()), needsApproval);
    }

    RefundReserved reserveMoney(RefundNumber number, long fen) {
        return reserved(number, fen, new Reservation.OfMoney(), false);
    }

    private RefundReserved reserved(RefundNumber number, long fen, Reservation reservation, boolean needsApproval) {
        return new RefundReserved(order.number(), number,
                new Paid(Providers.WECHAT, Facts.MERCHANT, order.transaction("A"), Money.ofFen(7_300)), Money.ofFen(fen), reservation,
                needsApproval, "r");
    }

    RefundSucceeded success(RefundNumber number, long fen, Arrival arrival) {
        return new RefundSucceeded(order.number(), number, Providers.WECHAT, Money.ofFen(fen), provided(fen), arrival, EVIDENCE);
    }

    static ProviderRefund provided(long fen) {
        return new ProviderRefund("50000", Money.ofFen(fen), Instant.EPOCH);
    }

    RefundFailed failure(RefundNumber number, Failure reason, String code) {
        return new RefundFailed(order.number(), number, Providers.WECHAT, reason, code, EVIDENCE);
    }

    QuotaReturned quotaReturned(RefundNumber number) {
        return new QuotaReturned(order.number(), number, userId(), new Quota(5_000_000), new Quota(5_000_000), UUID.randomUUID());
    }
}
