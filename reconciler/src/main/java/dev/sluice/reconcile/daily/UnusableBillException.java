package dev.sluice.reconcile.daily;

import dev.sluice.provider.bill.BillOf;

/// A bill that is no bill of its day: the transaction that began to store it is rolled back.
final class UnusableBillException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient BillOf of;

    UnusableBillException(BillOf of, Exception cause) {
        super(cause.getMessage(), cause);
        this.of = of;
    }

    BillOf of() {
        return of;
    }
}
