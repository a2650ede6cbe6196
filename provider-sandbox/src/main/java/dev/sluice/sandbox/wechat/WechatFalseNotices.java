package dev.sluice.sandbox.wechat;

import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.notice.FalseNotices;
import dev.sluice.sandbox.notice.NoticeBody;
import dev.sluice.sandbox.notice.OtherNumber;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// Payment notices that look like WeChat Pay's and are not to be believed.
@Component
final class WechatFalseNotices implements FalseNotices {
    private final SandboxProperties.Wechat merchant;
    private final WechatPaymentNotice notice;

    WechatFalseNotices(SandboxProperties properties, WechatPaymentNotice notice) {
        merchant = properties.wechat();
        this.notice = notice;
    }

    @Override
    public Provider provider() {
        return Provider.WECHAT;
    }

    @Override
    public NoticeBody forged(Trade trade) {
        return signed(trade, otherTransaction(trade), Forger.KEY);
    }

    @Override
    public NoticeBody ofAnotherMerchant(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        fields.put("appid", OtherNumber.than(merchant.appId()));
        fields.put("mch_id", OtherNumber.than(merchant.mchId()));
        return signed(trade, fields, merchant.apiKey());
    }

    /// The documentation promises notices of successful payments only, but has `result_code` in them: a merchant has to look at it.
    @Override
    public NoticeBody outdated(Trade trade) {
        Map<String, String> fields = notice.fields(trade);
        fields.put("result_code", "FAIL");
        fields.put("err_code", "BANKERROR");
        fields.put("err_code_des", "银行系统异常");
        return signed(trade, fields, merchant.apiKey());
    }

    @Override
    public List<NoticeBody> probes(Trade trade) {
        return List.of(
                WechatPaymentNotice.body(otherTransaction(trade)),
                withSign(otherTransaction(trade), ""),
                // As the probes of WeChat Pay v3 look.
                withSign(otherTransaction(trade), "WECHATPAY/SIGNTEST/" + "0".repeat(32)),
                signedWithNothing(trade),
                changedAfterSigning(trade));
    }

    /// Whoever forgot to set the key believes it.
    private NoticeBody signedWithNothing(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        return withSign(fields, SignType.MD5.sign(fields, ""));
    }

    private NoticeBody changedAfterSigning(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        fields.put("sign", sign(trade, fields, merchant.apiKey()));
        fields.put("cash_fee", Long.toString(trade.terms().fen() + 1));
        return WechatPaymentNotice.body(fields);
    }

    private Map<String, String> otherTransaction(Trade trade) {
        return notice.fields(trade.withTransactionId(OtherNumber.than(trade.transactionId())));
    }

    private static NoticeBody signed(Trade trade, Map<String, String> fields, String key) {
        return withSign(fields, sign(trade, fields, key));
    }

    private static NoticeBody withSign(Map<String, String> fields, String sign) {
        fields.put("sign", sign);
        return WechatPaymentNotice.body(fields);
    }

    private static String sign(Trade trade, Map<String, String> fields, String key) {
        return SignType.of(trade.terms().fields()).orElseThrow().sign(fields, key);
    }
}
