package dev.sluice.order.refund;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.order.refund.OrderRefund.Act;
import dev.sluice.order.refund.OrderRefund.Share;
import dev.sluice.order.refund.RefundedPayments.Refundable;

/// What the routes of refunds answer.
final class RefundAnswers {
    private RefundAnswers() {}

    /// What an operator did.
    record ByOperator(UserId actor, String reason, Instant at) {
        static @Nullable ByOperator of(@Nullable Act act) {
            return act == null ? null : new ByOperator(act.actor(), act.reason(), act.at());
        }
    }

    /// The payment of a refund.
    record OfPayment(TradeNumber orderId, String paymentMethod, TransactionId transactionId) {
        static OfPayment of(OrderRefund refund) {
            return new OfPayment(refund.key().tradeNumber(), refund.payment().provider().code(), refund.payment().transactionId());
        }
    }

    /// A refund.
    ///
    /// @param money         in the payment's currency, with its decimals
    /// @param state         where it stands
    /// @param needsApproval whether a second operator has to approve it
    /// @param quota         what it takes or took of the user's quota; `null` when it takes none
    /// @param requested     `null` when it was found at the provider
    /// @param decided       the approval, or the decision about the quota of one that was found
    record RefundShown(RefundNumber refundNumber, OfPayment payment, String money, StatusShown state, boolean needsApproval,
            @Nullable TakenQuota quota, @Nullable ByOperator requested, @Nullable ByOperator decided) {
        static RefundShown of(OrderRefund refund) {
            OrderRefund.Request request = refund.requested();
            return new RefundShown(refund.key().refundNumber(), OfPayment.of(refund), refund.money().decimal(),
                    new StatusShown(refund.status(), refund.state().code(), refund.state().at()),
                    request != null && request.needsApproval(),
                    TakenQuota.of(refund.share()), ByOperator.of(request == null ? null : request.act()), ByOperator.of(refund.decided()));
        }
    }

    /// Where a refund stands.
    ///
    /// @param code  of the ledger or the provider, when it came to nothing; otherwise empty
    /// @param since since when
    record StatusShown(RefundStatus status, String code, Instant since) {}

    /// Quota of a user.
    record TakenQuota(UserId userId, Quota quota) {
        static @Nullable TakenQuota of(@Nullable Share share) {
            return share == null ? null : new TakenQuota(share.userId(), share.quota());
        }
    }

    /// A payment that can be refunded.
    ///
    /// @param money    what was paid
    /// @param refunded what is with the payer again
    /// @param underWay what refunds take that have not ended
    /// @param left     what can still be refunded
    /// @param credited the quota that it brought; `null` when it is held
    /// @param taken    quota that its refunds take or took
    record PaymentShown(String paymentMethod, TransactionId transactionId, String money, String refunded, String underWay, String left,
            @Nullable TakenQuota credited, Quota taken) {
        static PaymentShown of(Refundable payment) {
            return new PaymentShown(payment.payment().provider().code(), payment.payment().transactionId(), payment.money().decimal(),
                    payment.refunded().decimal(), payment.underWay().decimal(), payment.left().decimal(), TakenQuota.of(payment.credited()),
                    payment.taken());
        }
    }

    /// The refunds of an order.
    ///
    /// @param approvalAbove yuan; refunds of a payment that are more in all need approval; `null` when none does
    record RefundsShown(List<PaymentShown> payments, List<RefundShown> refunds, @Nullable String approvalAbove) {}

    /// What a refund would do.
    ///
    /// @param quota         what it would take
    /// @param left          what could be refunded after it
    /// @param needsApproval whether a second operator would have to approve it
    record RefundPreview(String money, Quota quota, String left, boolean needsApproval) {}
}
