package dev.sluice.order.pricing;

import java.util.concurrent.Semaphore;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.provider.QrAnswer;
import dev.sluice.provider.QrOrder;
import dev.sluice.provider.QrPayment;

/// Asks a provider only so many things at once and says "unknown" to the next: a provider that hangs must not hold up the other.
final class QrPaymentBulkhead implements QrPayment {
    private final QrPayment payment;
    private final Semaphore calls;

    QrPaymentBulkhead(QrPayment payment, int mostCalls) {
        this.payment = payment;
        this.calls = new Semaphore(mostCalls);
    }

    @Override
    public Provider provider() {
        return payment.provider();
    }

    @Override
    public Merchant merchant() {
        return payment.merchant();
    }

    @Override
    public QrAnswer create(QrOrder order) {
        if (!calls.tryAcquire()) {
            return new QrAnswer.Unknown("too many calls are waiting for an answer");
        }
        try {
            return payment.create(order);
        } finally {
            calls.release();
        }
    }
}
