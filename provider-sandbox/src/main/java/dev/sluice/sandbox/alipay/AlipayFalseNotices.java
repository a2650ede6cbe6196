package dev.sluice.sandbox.alipay;

import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.notice.FalseNotices;
import dev.sluice.sandbox.notice.NoticeBody;
import dev.sluice.sandbox.notice.OtherNumber;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// Notices that look like Alipay's and are not to be believed.
@Component
final class AlipayFalseNotices implements FalseNotices {
    private static final List<String> ONLY_WHEN_OVER = List.of(
            "gmt_payment", "gmt_close", "receipt_amount", "invoice_amount", "buyer_pay_amount", "point_amount", "refund_fee",
            "fund_bill_list");

    private final SandboxProperties.Alipay merchant;
    private final AlipayTradeNotice notice;
    private final AlipayKeys keys;

    AlipayFalseNotices(SandboxProperties properties, AlipayTradeNotice notice, AlipayKeys keys) {
        merchant = properties.alipay();
        this.notice = notice;
        this.keys = keys;
    }

    @Override
    public Provider provider() {
        return Provider.ALIPAY;
    }

    @Override
    public NoticeBody forged(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        return withSign(fields, rightSign(notice.fields(trade)));
    }

    @Override
    public NoticeBody ofAnotherMerchant(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        fields.put("app_id", OtherNumber.than(merchant.appId()));
        fields.put("auth_app_id", OtherNumber.than(merchant.appId()));
        fields.put("seller_id", OtherNumber.than(merchant.sellerId()));
        return withSign(fields, rightSign(fields));
    }

    /// That the trade waits for its payer, sent when it was created. Nothing else can be older than a payment here.
    @Override
    public NoticeBody outdated(Trade trade) {
        Map<String, String> fields = notice.fields(trade);
        fields.keySet().removeAll(ONLY_WHEN_OVER);
        fields.put("notify_id", OtherNumber.than(trade.notificationId().orElseThrow()));
        fields.replace("notify_time", fields.getOrDefault("gmt_create", ""));
        fields.put("trade_status", WireStatus.WAITING);
        return withSign(fields, rightSign(fields));
    }

    @Override
    public List<NoticeBody> probes(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        Map<String, String> changed = otherTransaction(trade);
        changed.put("buyer_logon_id", "changed after signing");
        return List.of(
                AlipayTradeNotice.body(fields),
                withSign(otherTransaction(trade), ""),
                withSign(otherTransaction(trade), "no signature at all"),
                withSign(changed, rightSign(fields)),
                downgraded(trade));
    }

    /// Signed with the right key in the old way: who takes the algorithm from the notice believes it.
    private NoticeBody downgraded(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        fields.put("sign", Rsa2.signAsOfOld(Rsa2.text(fields), keys.own()));
        fields.put("sign_type", "RSA");
        return AlipayTradeNotice.body(fields);
    }

    private Map<String, String> otherTransaction(Trade trade) {
        Map<String, String> fields = notice.fields(trade.withTransactionId(OtherNumber.than(trade.transactionId())));
        fields.put("notify_id", OtherNumber.than(trade.notificationId().orElseThrow()));
        return fields;
    }

    private String rightSign(Map<String, String> fields) {
        return Rsa2.sign(Rsa2.text(fields), keys.own());
    }

    private static NoticeBody withSign(Map<String, String> fields, String sign) {
        fields.put("sign", sign);
        fields.put("sign_type", "RSA2");
        return AlipayTradeNotice.body(fields);
    }
}
