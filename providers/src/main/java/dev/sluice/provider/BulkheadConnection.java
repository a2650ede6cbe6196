package dev.sluice.provider;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.bill.BillDownload;
import dev.sluice.provider.payment.AccountCheck;
import dev.sluice.provider.payment.CloseResult;
import dev.sluice.provider.payment.OrderClosing;
import dev.sluice.provider.payment.PaymentQuery;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrPayment;
import dev.sluice.provider.payment.RefundQuery;
import dev.sluice.provider.payment.RefundState;
import dev.sluice.provider.refund.RefundListing;
import dev.sluice.provider.refund.RefundOrder;
import dev.sluice.provider.refund.RefundProgress;
import dev.sluice.provider.refund.RefundResult;
import dev.sluice.provider.refund.RefundRules;
import dev.sluice.provider.refund.Refunding;

/// Lets only so many calls of another connection wait at once and answers the next one "unknown": a provider that hangs must not hold up
/// the other.
final class BulkheadConnection implements ProviderConnection {
    private static final String FULL = "too many calls are waiting for an answer";
    private static final byte[] NOTHING = {};

    private final ProviderConnection connection;
    private final Semaphore calls;

    /// @param mostCalls that may wait at once
    BulkheadConnection(ProviderConnection connection, int mostCalls) {
        this.connection = connection;
        this.calls = new Semaphore(mostCalls);
    }

    @Override
    public Merchant merchant() {
        return connection.merchant();
    }

    @Override
    public boolean hasRoom() {
        return calls.availablePermits() > 0;
    }

    @Override
    public QrPayment qr() {
        return order -> within(() -> connection.qr().create(order), () -> new ProviderResponse<>(new QrAnswer.Unknown(FULL), NOTHING));
    }

    @Override
    public PaymentQuery query() {
        return tradeNumber -> within(() -> connection.query().query(tradeNumber),
                () -> new ProviderResponse<>(new PaymentState.Unknown(FULL), NOTHING));
    }

    @Override
    public OrderClosing closing() {
        OrderClosing closing = connection.closing();
        return new OrderClosing() {
            @Override
            public Duration minimumOrderAge() {
                return closing.minimumOrderAge();
            }

            @Override
            public Duration codeLifetimeAfterExpiry() {
                return closing.codeLifetimeAfterExpiry();
            }

            @Override
            public ProviderResponse<CloseResult> close(TradeNumber tradeNumber) {
                return within(() -> closing.close(tradeNumber), () -> new ProviderResponse<>(new CloseResult.Unknown(FULL), NOTHING));
            }
        };
    }

    @Override
    public RefundQuery refunds() {
        return (tradeNumber, paid, refunds) -> within(() -> connection.refunds().query(tradeNumber, paid, refunds),
                () -> new ProviderResponse<>(new RefundState.Unknown(FULL), NOTHING));
    }

    @Override
    public Refunding refunding() {
        Refunding refunding = connection.refunding();
        return new Refunding() {
            @Override
            public RefundRules rules() {
                return refunding.rules();
            }

            @Override
            public ProviderResponse<RefundResult> refund(RefundOrder order) {
                return within(() -> refunding.refund(order), () -> new ProviderResponse<>(new RefundResult.Unknown(FULL), NOTHING));
            }

            @Override
            public ProviderResponse<RefundProgress> progress(RefundOrder order) {
                return within(() -> refunding.progress(order), () -> new ProviderResponse<>(new RefundProgress.Unknown(FULL), NOTHING));
            }

            @Override
            public ProviderResponse<RefundListing> list(TradeNumber tradeNumber, TransactionId transactionId, List<RefundNumber> named) {
                return within(() -> refunding.list(tradeNumber, transactionId, named),
                        () -> new ProviderResponse<>(new RefundListing.Unknown(FULL), NOTHING));
            }
        };
    }

    @Override
    public AccountCheck accountCheck() {
        return connection.accountCheck();
    }

    /// The bill runner asks for one at a time, so it takes no place of the calls about orders.
    @Override
    public Optional<BillDownload> bills() {
        return connection.bills();
    }

    @Override
    public void close() {
        connection.close();
    }

    private <T> T within(Supplier<T> call, Supplier<T> full) {
        if (!calls.tryAcquire()) {
            return full.get();
        }
        try {
            return call.get();
        } finally {
            calls.release();
        }
    }
}
