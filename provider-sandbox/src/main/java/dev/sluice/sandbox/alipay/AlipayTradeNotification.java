package dev.sluice.sandbox.alipay;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.notification.TradeNotification;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Alipay's notification that a trade is paid or closed. It has the time of sending, so each delivery is signed anew; `notify_id` stays.
@Component
record AlipayTradeNotification(SandboxProperties properties, AlipaySignature signature, Clock clock) implements TradeNotification {
    /// The one payer of this sandbox.
    static final String BUYER_ID = "2088722003899169";
    private static final String ZERO_YUAN = "0.00";
    private static final String WAITING = "WAIT_BUYER_PAY";

    private static final String SIGN_TYPE = "sign_type";
    private static final List<String> ONLY_AT_THE_END = List.of(
            "gmt_payment", "gmt_close", "receipt_amount", "invoice_amount", "buyer_pay_amount", "point_amount", "refund_fee",
            "fund_bill_list");
    private static final List<Duration> PAUSES = Stream.of("PT4M", "PT10M", "PT10M", "PT1H", "PT2H", "PT6H", "PT15H")
            .map(Duration::parse)
            .toList();
    private static final Form FORM = new Form(
            Provider.ALIPAY, PAUSES, List.of("app_id", "auth_app_id", "seller_id"), "buyer_logon_id");
    private static final byte[] SUCCESS = "success".getBytes(UTF_8);
    private static final int OK = 200;

    @Override
    public Form form() {
        return FORM;
    }

    /// Exactly `success`: the real gateway accepts neither blanks nor capitals.
    @Override
    public boolean acknowledgedBy(int status, byte[] response) {
        return status == OK && Arrays.equals(response, SUCCESS);
    }

    @Override
    public Map<String, String> fields(Trade trade) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("notify_time", BeijingTime.SPACED.write(clock.instant()));
        fields.put("notify_type", "trade_status_sync");
        fields.put("notify_id", trade.notificationId().orElseThrow());
        fields.put("app_id", properties.alipay().appId());
        fields.put("auth_app_id", properties.alipay().appId());
        fields.put("charset", "utf-8");
        fields.put("version", "1.0");
        fields.put(SIGN_TYPE, "RSA2");
        fields.put("buyer_id", BUYER_ID);
        fields.put("seller_id", properties.alipay().sellerId());
        fields.put("gmt_create", BeijingTime.SPACED.write(trade.createdAt()));
        fields.putAll(trade.terms().fields());
        fields.putAll(described(trade));
        Trade.Payment payment = trade.payment();
        Trade.Closure closure = trade.closure();
        if (payment != null) {
            fields.put("gmt_payment", BeijingTime.SPACED.write(payment.at()));
            // On a plain payment, as in the official sample: a merchant that tests for its presence takes a payment for a refund.
            fields.put("refund_fee", ZERO_YUAN);
            fields.put("fund_bill_list", "[{\"amount\":\"" + yuan(trade) + "\",\"fundChannel\":\"ALIPAYACCOUNT\"}]");
        } else if (closure != null) {
            fields.put("gmt_close", BeijingTime.SPACED.write(closure.at()));
        }
        return fields;
    }

    @Override
    public String sign(Trade trade, Map<String, String> fields) {
        return signature.sign(AlipaySignature.text(fields, "sign", SIGN_TYPE));
    }

    @Override
    public NotificationBody body(Map<String, String> fields) {
        return new NotificationBody("application/x-www-form-urlencoded; charset=utf-8", FormParameters.write(fields));
    }

    /// That the trade waits for its payer, sent when it was created. No other status precedes a payment here.
    @Override
    public void makeOutdated(Map<String, String> fields) {
        fields.keySet().removeAll(ONLY_AT_THE_END);
        fields.replace("notify_time", fields.getOrDefault("gmt_create", ""));
        fields.put("trade_status", WAITING);
    }

    /// With the right key in the old way: a merchant that takes the algorithm from the notification believes it.
    @Override
    public void signWeakly(Map<String, String> fields) {
        fields.put(SIGN_TYPE, "RSA");
        fields.put("sign", signature.signWithSha1(AlipaySignature.text(fields, SIGN_TYPE)));
    }

    /// What notifications and responses to queries both report.
    static Map<String, String> described(Trade trade) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("out_trade_no", trade.number());
        fields.put("trade_no", trade.transactionId());
        fields.put("buyer_logon_id", "snb***@sandbox.com");
        // A trade of which all was refunded is closed; none ever becomes TRADE_FINISHED here.
        fields.put("trade_status", switch (trade.status()) {
            case UNPAID -> WAITING;
            case PAID -> trade.isRefundedWhole() ? "TRADE_CLOSED" : "TRADE_SUCCESS";
            case CLOSED -> "TRADE_CLOSED";
        });
        fields.put("total_amount", yuan(trade));
        if (trade.paid()) {
            fields.put("receipt_amount", yuan(trade));
            fields.put("invoice_amount", yuan(trade));
            fields.put("buyer_pay_amount", yuan(trade));
            fields.put("point_amount", ZERO_YUAN);
        }
        return fields;
    }

    /// The amount as Alipay writes it: yuan with two decimals.
    static String yuan(Trade trade) {
        return BigDecimal.valueOf(trade.terms().fen(), 2).toPlainString();
    }
}
