package dev.sluice.credit.refund;

import java.time.Instant;

import dev.sluice.event.RefundEvent.Arrival;
import dev.sluice.event.RefundEvent.Failure;
import dev.sluice.event.RefundEvent.FoundRefundResolved;
import dev.sluice.event.RefundEvent.Funds;
import dev.sluice.event.RefundEvent.Mirroring;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.RefundEvent.ProviderRefund;
import dev.sluice.event.RefundEvent.RefundApproved;
import dev.sluice.event.RefundEvent.RefundDeclined;
import dev.sluice.event.RefundEvent.RefundFailed;
import dev.sluice.event.RefundEvent.RefundFound;
import dev.sluice.event.RefundEvent.RefundRequested;
import dev.sluice.event.RefundEvent.RefundSucceeded;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

/// Facts about refunds of payments by WeChat Pay, for tests.
public final class RefundFacts {
    private static final UserId OPERATOR = new UserId("9");
    private static final Evidence EVIDENCE = Evidence.ofAnswer(Facts.AT, new byte[0]);

    private RefundFacts() {}

    public static RefundRequested requested(String trade, String refund, String transaction, long fen) {
        return requested(trade, refund, transaction, fen, Funds.CREDITED, false);
    }

    public static RefundRequested requested(String trade, String refund, String transaction, long fen, Funds funds, boolean needsApproval) {
        return new RefundRequested(new TradeNumber(trade), new RefundNumber(refund), payment(transaction), Money.ofFen(fen), funds,
                needsApproval, OPERATOR, "why");
    }

    public static RefundApproved approved(String trade, String refund) {
        return new RefundApproved(new TradeNumber(trade), new RefundNumber(refund), OPERATOR, "why");
    }

    public static RefundDeclined declined(String trade, String refund) {
        return new RefundDeclined(new TradeNumber(trade), new RefundNumber(refund), OPERATOR, "why not");
    }

    public static RefundSucceeded succeeded(String trade, String refund, long fen) {
        return new RefundSucceeded(new TradeNumber(trade), new RefundNumber(refund), Providers.WECHAT, Money.ofFen(fen), provided(fen),
                Arrival.PAYER, EVIDENCE);
    }

    public static RefundFailed failed(String trade, String refund) {
        return new RefundFailed(new TradeNumber(trade), new RefundNumber(refund), Providers.WECHAT, Failure.CLOSED, "REFUNDCLOSE",
                EVIDENCE);
    }

    public static RefundFound found(String trade, String refund, String transaction, long fen) {
        return new RefundFound(new TradeNumber(trade), new RefundNumber(refund), payment(transaction), Money.ofFen(fen), provided(fen),
                ConfirmationSource.QUERY, EVIDENCE);
    }

    public static FoundRefundResolved resolved(String trade, String refund, Mirroring mirroring) {
        return new FoundRefundResolved(new TradeNumber(trade), new RefundNumber(refund), mirroring, OPERATOR, "why");
    }

    private static Payment payment(String transaction) {
        return new Payment(Providers.WECHAT, new TransactionId(transaction));
    }

    private static ProviderRefund provided(long fen) {
        return new ProviderRefund("1", Money.ofFen(fen), Instant.EPOCH);
    }
}
