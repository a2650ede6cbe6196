package dev.sluice.provider;

import java.util.Optional;

import dev.sluice.event.value.Merchant;
import dev.sluice.provider.bill.BillDownload;
import dev.sluice.provider.payment.AccountCheck;
import dev.sluice.provider.payment.OrderClosing;
import dev.sluice.provider.payment.PaymentQuery;
import dev.sluice.provider.payment.QrPayment;
import dev.sluice.provider.payment.RefundQuery;
import dev.sluice.provider.refund.Refunding;

/// Speaks to a provider for one account of ours: one HTTP client, whose capabilities are used by any number of threads and end together.
public interface ProviderConnection extends AutoCloseable {
    /// The account. Orders of another one can be neither queried nor closed.
    Merchant merchant();

    QrPayment qr();

    /// Whether a call would be sent now. Between the question and the call this may change; the call is answered "unknown" then.
    default boolean hasRoom() {
        return true;
    }

    PaymentQuery query();

    OrderClosing closing();

    RefundQuery refunds();

    Refunding refunding();

    AccountCheck accountCheck();

    /// Asks for daily bills; nothing from a provider that makes none.
    default Optional<BillDownload> bills() {
        return Optional.empty();
    }

    /// Lets no new call begin; those in flight end.
    @Override
    void close();
}
