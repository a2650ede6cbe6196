package dev.sluice.reconcile.audit;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.Purchase;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.books.AuditHeadPublished;
import dev.sluice.event.books.BillCompared;
import dev.sluice.event.books.BooksFact;
import dev.sluice.event.books.DiscrepancyResolved;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.UserId;
import dev.sluice.reconcile.audit.AuditRow.Amounts;
import dev.sluice.reconcile.audit.AuditRow.Subject;

/// What an event is about, and what it means in money, as docs/finance.md has it.
record Meaning(Subject subject, Amounts amounts) {
    static final Meaning NONE = new Meaning(Subject.NONE, Amounts.NONE);

    static Meaning of(TopUpEvent event) {
        String order = event.tradeNumber().value();
        return switch (event) {
            case OrderCreated created -> about(order, user(created.purchase()), created.provider(), null, Amounts.NONE);
            case PaymentConfirmed payment -> about(order, null, payment.provider(), null, in(payment.money(), 1));
            // The money came once, for the order that it came for first.
            case PaymentHeld held -> about(order, null, held.provider(), null,
                    held.reason() == HoldReason.TRANSACTION_REUSED ? in(held.money(), -1) : Amounts.NONE);
            case QuotaCredited credited -> about(order, credited.userId(), null, null,
                    quota(credited.quota(), Accounts.ISSUED, Accounts.of(credited.userId())));
            case OrderClosed _ -> about(order, null, null, null, Amounts.NONE);
            case CheckRequested check -> about(order, null, check.provider(), check.actor(), Amounts.NONE);
            case CancelRequested cancel -> about(order, null, null, cancel.actor(), Amounts.NONE);
            case HoldResolved resolved -> about(order, null, resolved.provider(), resolved.actor(), Amounts.NONE);
            case RefundEvent refund -> of(refund);
        };
    }

    private static Meaning of(RefundEvent event) {
        return switch (event) {
            case RefundEvent.RefundRequested asked -> refund(event, null, asked.payment().provider(), asked.actor(), Amounts.NONE);
            case RefundEvent.RefundApproved approved -> refund(event, null, null, approved.actor(), Amounts.NONE);
            case RefundEvent.RefundDeclined declined -> refund(event, null, null, declined.actor(), Amounts.NONE);
            case RefundEvent.RefundReserved reserved -> reserved(reserved);
            case RefundEvent.RefundRefused _ -> refund(event, null, null, null, Amounts.NONE);
            case RefundEvent.RefundSucceeded succeeded -> refund(event, null, succeeded.provider(), null, out(succeeded.money()));
            case RefundEvent.RefundFailed failed -> refund(event, null, failed.provider(), null, Amounts.NONE);
            case RefundEvent.QuotaTaken taken -> refund(event, taken.userId(), null, null,
                    quota(taken.quota(), Accounts.held(taken.userId()), Accounts.ISSUED));
            case RefundEvent.QuotaReturned returned -> refund(event, returned.userId(), null, null,
                    quota(returned.quota(), Accounts.held(returned.userId()), Accounts.of(returned.userId())));
            case RefundEvent.RefundFound found -> refund(event, null, found.payment().provider(), null, out(found.money()));
            case RefundEvent.FoundRefundResolved resolved -> refund(event, null, null, resolved.actor(), Amounts.NONE);
        };
    }

    private static Meaning reserved(RefundEvent.RefundReserved reserved) {
        return switch (reserved.reservation()) {
            case RefundEvent.Reservation.OfQuota(var user, var quota, _, _) -> refund(reserved, user, reserved.payment().provider(), null,
                    quota(quota, Accounts.of(user), Accounts.held(user)));
            case RefundEvent.Reservation.OfMoney() -> refund(reserved, null, reserved.payment().provider(), null, Amounts.NONE);
        };
    }

    static Meaning of(BooksFact fact) {
        return switch (fact) {
            case BillCompared bill -> new Meaning(new Subject(null, null, bill.provider().code(), null, null), Amounts.NONE);
            case DiscrepancyResolved resolved -> new Meaning(
                    new Subject(null, null, resolved.provider().code(), null, resolved.actor().value()), Amounts.NONE);
            case AuditHeadPublished _ -> NONE;
        };
    }

    private static UserId user(Purchase purchase) {
        return switch (purchase) {
            case Purchase.TopUp topUp -> topUp.userId();
        };
    }

    private static Meaning about(String order, @Nullable UserId user, @Nullable Provider provider, @Nullable UserId actor,
            Amounts amounts) {
        return new Meaning(new Subject(order, user == null ? null : user.value(), provider == null ? null : provider.code(), null,
                actor == null ? null : actor.value()), amounts);
    }

    private static Meaning refund(RefundEvent event, @Nullable UserId user, @Nullable Provider provider, @Nullable UserId actor,
            Amounts amounts) {
        Subject subject = about(event.tradeNumber().value(), user, provider, actor, amounts).subject();
        return new Meaning(new Subject(subject.tradeNumber(), subject.user(), subject.provider(), event.refundNumber().value(),
                subject.actor()), amounts);
    }

    private static Amounts in(Money money, int sign) {
        return new Amounts(sign * money.minorUnits(), null, money.currency().getCurrencyCode(), null, null, null);
    }

    private static Amounts out(Money money) {
        return new Amounts(null, money.minorUnits(), money.currency().getCurrencyCode(), null, null, null);
    }

    private static Amounts quota(Quota quota, String debit, String credit) {
        return new Amounts(null, null, null, quota.units(), debit, credit);
    }

    /// The ledger's accounts, as it writes them.
    private static final class Accounts {
        static final String ISSUED = "issued";

        static String of(UserId user) {
            return "user:" + user;
        }

        /// Quota that waits for a refund to end.
        static String held(UserId user) {
            return "held:" + user;
        }
    }
}
