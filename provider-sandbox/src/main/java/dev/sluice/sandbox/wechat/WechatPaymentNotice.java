package dev.sluice.sandbox.wechat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.notice.NoticeBody;
import dev.sluice.sandbox.notice.TradeNotice;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// The payment notice of WeChat Pay v2. As in reality it lacks `sign_type`, also when the order used HMAC-SHA256 and the notice does too.
@Component
final class WechatPaymentNotice implements TradeNotice {
    private static final List<Duration> PAUSES = Stream.of(
            "PT15S", "PT15S", "PT30S", "PT3M", "PT10M", "PT20M", "PT30M", "PT30M", "PT30M", "PT60M", "PT3H", "PT3H", "PT3H",
            "PT6H", "PT6H")
            .map(Duration::parse)
            .toList();
    private static final int OK = 200;

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
    public NoticeBody compose(Trade trade) {
        Map<String, String> notice = fields(trade);
        notice.put("sign", SignType.of(trade.terms().fields()).orElseThrow().sign(notice, merchant.apiKey()));
        return body(notice);
    }

    @Override
    public boolean acknowledgedBy(int status, byte[] answer) {
        return status == OK
                && WechatXml.read(answer) instanceof XmlReading.Fields(var fields)
                && "SUCCESS".equals(fields.get("return_code"));
    }

    /// All that the notice says, in a map of its own and not signed yet.
    Map<String, String> fields(Trade trade) {
        Map<String, String> notice = new LinkedHashMap<>();
        notice.put("appid", merchant.appId());
        notice.put("mch_id", merchant.mchId());
        notice.put("nonce_str", nonces.next());
        notice.put("result_code", "SUCCESS");
        notice.put("return_code", "SUCCESS");
        PaidOrder.describe(trade, notice);
        return notice;
    }

    static NoticeBody body(Map<String, String> notice) {
        return new NoticeBody("text/xml; charset=utf-8", WechatXml.write(notice));
    }
}
