package dev.sluice.sandbox.wechat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.notice.NoticeBody;
import dev.sluice.sandbox.notice.PaymentNotice;
import dev.sluice.sandbox.trade.Payment;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// The payment notice of WeChat Pay v2. As in reality it lacks `sign_type`, also when the order used HMAC-SHA256 and the notice does too.
@Component
final class WechatPaymentNotice implements PaymentNotice {
    private static final List<Duration> PAUSES = Stream.of(
            "PT15S", "PT15S", "PT30S", "PT3M", "PT10M", "PT20M", "PT30M", "PT30M", "PT30M", "PT60M", "PT3H", "PT3H", "PT3H",
            "PT6H", "PT6H")
            .map(Duration::parse)
            .toList();
    private static final int OK = 200;
    /// The one payer of this sandbox.
    private static final String OPENID = "oUpF8uMEb4qRXf22hE3X68TekukE";

    private final SandboxProperties.Wechat merchant;
    private final Nonces nonces;

    WechatPaymentNotice(SandboxProperties properties, Nonces nonces) {
        merchant = properties.wechat();
        this.nonces = nonces;
    }

    @Override
    public Provider provider() {
        return Provider.WECHAT;
    }

    @Override
    public List<Duration> pauses() {
        return PAUSES;
    }

    @Override
    public NoticeBody compose(Trade trade, Payment payment) {
        Map<String, String> terms = trade.offer().terms();
        String fen = Long.toString(trade.offer().fen());
        Map<String, String> notice = new LinkedHashMap<>();
        notice.put("appid", merchant.appId());
        putIfSent(notice, terms, "attach");
        notice.put("bank_type", "OTHERS");
        notice.put("cash_fee", fen);
        putIfSent(notice, terms, "device_info");
        notice.put("fee_type", "CNY");
        notice.put("is_subscribe", "N");
        notice.put("mch_id", merchant.mchId());
        notice.put("nonce_str", nonces.next());
        notice.put("openid", OPENID);
        notice.put("out_trade_no", trade.offer().key().number());
        notice.put("result_code", "SUCCESS");
        notice.put("return_code", "SUCCESS");
        notice.put("time_end", BeijingTime.COMPACT.write(payment.at()));
        notice.put("total_fee", fen);
        notice.put("trade_type", "NATIVE");
        notice.put("transaction_id", trade.transactionId());
        notice.put("sign", SignType.of(terms).orElseThrow().sign(notice, merchant.apiKey()));
        return new NoticeBody("text/xml; charset=utf-8", WechatXml.write(notice));
    }

    @Override
    public boolean acknowledgedBy(int status, byte[] answer) {
        return status == OK
                && WechatXml.read(answer) instanceof XmlReading.Fields(var fields)
                && "SUCCESS".equals(fields.get("return_code"));
    }

    private static void putIfSent(Map<String, String> notice, Map<String, String> terms, String name) {
        String value = terms.getOrDefault(name, "");
        if (!value.isEmpty()) {
            notice.put(name, value);
        }
    }
}
