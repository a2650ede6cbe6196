package dev.sluice.provider.alipay;

import java.util.Optional;

import dev.sluice.event.value.Merchant;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.alipay.account.AlipayMerchant;
import dev.sluice.provider.alipay.refund.AlipayRefundQuery;
import dev.sluice.provider.alipay.refund.AlipayRefunding;
import dev.sluice.provider.bill.BillDownload;
import dev.sluice.provider.payment.AccountCheck;
import dev.sluice.provider.payment.OrderClosing;
import dev.sluice.provider.payment.PaymentQuery;
import dev.sluice.provider.payment.QrPayment;
import dev.sluice.provider.payment.RefundQuery;
import dev.sluice.provider.refund.Refunding;

/// Speaks to Alipay by its SDK.
final class AlipayConnection implements ProviderConnection {
    private final AlipayMerchant merchant;
    private final AlipayClient client;
    private final AlipayRefundQuery refunds;

    /// @throws IllegalStateException when the SDK does not take the account
    AlipayConnection(AlipayMerchant merchant) {
        this.merchant = merchant;
        this.client = new AlipayClient(merchant);
        this.refunds = new AlipayRefundQuery(client, AlipayRefundQuery.ASKING_WITHIN);
    }

    @Override
    public Merchant merchant() {
        return merchant.verifying().merchant();
    }

    @Override
    public QrPayment qr() {
        return new AlipayQrPayment(merchant(), client);
    }

    @Override
    public PaymentQuery query() {
        return new AlipayPaymentQuery(client);
    }

    @Override
    public OrderClosing closing() {
        return new AlipayOrderClosing(client);
    }

    @Override
    public RefundQuery refunds() {
        return refunds;
    }

    @Override
    public Refunding refunding() {
        return new AlipayRefunding(client);
    }

    @Override
    public AccountCheck accountCheck() {
        return new AlipayAccountCheck(client);
    }

    @Override
    public Optional<BillDownload> bills() {
        return Optional.of(client.bills());
    }

    @Override
    public void close() {
        client.close();
    }
}
