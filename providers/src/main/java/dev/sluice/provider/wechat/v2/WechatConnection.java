package dev.sluice.provider.wechat.v2;

import java.util.Optional;

import dev.sluice.event.value.Merchant;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.bill.BillDownload;
import dev.sluice.provider.payment.AccountCheck;
import dev.sluice.provider.payment.OrderClosing;
import dev.sluice.provider.payment.PaymentQuery;
import dev.sluice.provider.payment.QrPayment;
import dev.sluice.provider.payment.RefundQuery;
import dev.sluice.provider.refund.Refunding;
import dev.sluice.provider.wechat.v2.bill.WechatBillDownload;
import dev.sluice.provider.wechat.v2.refund.WechatRefundQuery;
import dev.sluice.provider.wechat.v2.refund.WechatRefunding;

/// Speaks to WeChat Pay by version 2 of its interface.
final class WechatConnection implements ProviderConnection {
    private final WechatMerchant merchant;
    private final WechatClient client;

    WechatConnection(WechatMerchant merchant) {
        this.merchant = merchant;
        this.client = new WechatClient(merchant);
    }

    @Override
    public Merchant merchant() {
        return merchant.merchant();
    }

    @Override
    public QrPayment qr() {
        return new WechatQrPayment(client);
    }

    @Override
    public PaymentQuery query() {
        return new WechatPaymentQuery(client);
    }

    @Override
    public OrderClosing closing() {
        return new WechatOrderClosing(client);
    }

    @Override
    public RefundQuery refunds() {
        return new WechatRefundQuery(client);
    }

    @Override
    public Refunding refunding() {
        return new WechatRefunding(client);
    }

    @Override
    public AccountCheck accountCheck() {
        return new WechatAccountCheck(client);
    }

    @Override
    public Optional<BillDownload> bills() {
        return Optional.of(new WechatBillDownload(client::download));
    }

    @Override
    public void close() {
        client.close();
    }
}
