package dev.sluice.sandbox.wechat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.notification.TradeNotification;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// The payment notification of WeChat Pay v2. As in reality it lacks `sign_type`, also when the order and so the signature use HMAC-SHA256.
@Component
record WechatPaymentNotification(WechatMerchant merchant) implements TradeNotification {
    /// The one payer of this sandbox.
    private static final String OPENID = "oUpF8uMEb4qRXf22hE3X68TekukE";
    private static final List<Duration> PAUSES = Stream.of(
            "PT15S", "PT15S", "PT30S", "PT3M", "PT10M", "PT20M", "PT30M", "PT30M", "PT30M", "PT60M", "PT3H", "PT3H", "PT3H",
            "PT6H", "PT6H")
            .map(Duration::parse)
            .toList();
    private static final Form FORM = new Form(Provider.WECHAT, PAUSES, List.of("appid", "mch_id"), "openid");
    private static final int OK = 200;

    @Override
    public Form form() {
        return FORM;
    }

    @Override
    public boolean acknowledgedBy(int status, byte[] response) {
        return status == OK
                && WechatXml.read(response) instanceof WechatXml.Fields(var fields)
                && "SUCCESS".equals(fields.get("return_code"));
    }

    @Override
    public Map<String, String> fields(Trade trade) {
        Map<String, String> fields = merchant.fields();
        fields.put("result_code", "SUCCESS");
        fields.put("return_code", "SUCCESS");
        putPayment(trade, fields);
        return fields;
    }

    @Override
    public String sign(Trade trade, Map<String, String> fields) {
        return SignType.of(trade.terms().fields()).orElseThrow().sign(fields, merchant.account().apiKey());
    }

    @Override
    public NotificationBody body(Map<String, String> fields) {
        return new NotificationBody("text/xml; charset=utf-8", WechatXml.write(fields));
    }

    /// The documentation promises notifications of successful payments only, but has `result_code` in them: a merchant has to look at it.
    @Override
    public void makeOutdated(Map<String, String> fields) {
        fields.put("result_code", "FAIL");
        fields.put("err_code", "BANKERROR");
        fields.put("err_code_des", "银行系统异常");
    }

    /// With an empty key: a merchant without a key accepts it.
    @Override
    public void signWeakly(Map<String, String> fields) {
        fields.put("sign", SignType.MD5.sign(fields, ""));
    }

    /// Adds the fields of a paid order, the same in the notification and in the response to a query.
    static void putPayment(Trade trade, Map<String, String> fields) {
        Trade.Payment payment = Objects.requireNonNull(trade.payment(), "WeChat Pay notifies of payments only");
        String fen = Long.toString(trade.terms().fen());
        for (String name : List.of("attach", "device_info")) {
            String sent = trade.terms().fields().getOrDefault(name, "");
            if (!sent.isEmpty()) {
                fields.put(name, sent);
            }
        }
        fields.put("bank_type", "OTHERS");
        fields.put("cash_fee", fen);
        fields.put("fee_type", "CNY");
        fields.put("is_subscribe", "N");
        fields.put("openid", OPENID);
        fields.put("out_trade_no", trade.number());
        fields.put("time_end", BeijingTime.COMPACT.write(payment.at()));
        fields.put("total_fee", fen);
        fields.put("trade_type", "NATIVE");
        fields.put("transaction_id", trade.transactionId());
    }
}
