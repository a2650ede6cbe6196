package dev.sluice.sandbox.wechat;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.notification.RefundNotification;
import dev.sluice.sandbox.notification.TradeNotification;
import dev.sluice.sandbox.trade.Refund;
import dev.sluice.sandbox.trade.Trade;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/// The refund notification of WeChat Pay v2: not signed, its content encrypted with the lower-case hexadecimal MD5 of the API key, leading
/// zeros included.
@Component
record WechatRefundNotification(WechatMerchant merchant, WechatPaymentNotification payment) implements RefundNotification {

    @Override
    public TradeNotification ofPayment() {
        return payment;
    }

    @Override
    public boolean isSent(Trade trade, Refund refund) {
        return true;
    }

    @Override
    public NotificationBody compose(Trade trade, Refund refund) {
        Map<String, String> fields = merchant.fields();
        fields.put("return_code", "SUCCESS");
        fields.put("req_info", encrypted(WechatXml.write(content(trade, refund)).replace("<xml>", "<root>").replace("</xml>", "</root>")));
        return new NotificationBody("text/xml; charset=utf-8", WechatXml.write(fields));
    }

    private static Map<String, String> content(Trade trade, Refund refund) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("out_refund_no", refund.number());
        fields.put("out_trade_no", trade.number());
        fields.put("refund_account", "REFUND_SOURCE_RECHARGE_FUNDS");
        fields.put("refund_fee", Long.toString(refund.fen()));
        fields.put("refund_id", refund.id());
        fields.put("refund_recv_accout", "支付用户零钱");
        fields.put("refund_request_source", refund.source().name());
        fields.put("refund_status", refund.state().name());
        fields.put("settlement_refund_fee", Long.toString(refund.fen()));
        fields.put("settlement_total_fee", Long.toString(trade.terms().fen()));
        Instant endedAt = refund.endedAt();
        if (endedAt != null && refund.state() == Refund.State.SUCCESS) {
            fields.put("success_time", BeijingTime.SPACED.write(endedAt));
        }
        fields.put("total_fee", Long.toString(trade.terms().fen()));
        fields.put("transaction_id", trade.transactionId());
        return fields;
    }

    private String encrypted(String text) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(merchant.account().apiKey().getBytes(UTF_8));
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(HexFormat.of().formatHex(md5).getBytes(US_ASCII), "AES"));
            return Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has MD5 and AES", impossible);
        }
    }
}
