package dev.sluice.sandbox.alipay;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.notification.FalseNotifications;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.notification.TradeNotification;
import dev.sluice.sandbox.trade.Payment;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeClosure;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Alipay's notification that a trade is paid or closed. It says when it was sent, so each delivery is signed anew; its `notify_id` stays.
@Component
final class AlipayTradeNotification implements TradeNotification {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(4),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(15));
    private static final byte[] SUCCESS = "success".getBytes(UTF_8);
    private static final int OK = 200;

    private final SandboxProperties.Alipay merchant;
    private final AlipayKeys keys;
    private final Clock clock;

    AlipayTradeNotification(SandboxProperties properties, AlipayKeys keys, Clock clock) {
        merchant = properties.alipay();
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return Provider.ALIPAY;
    }

    @Override
    public List<Duration> pauses() {
        return PAUSES;
    }

    @Override
    public NotificationBody compose(Trade trade) {
        Map<String, String> notification = fields(trade);
        notification.put("sign", Rsa2.sign(Rsa2.text(notification), keys.own()));
        notification.put("sign_type", "RSA2");
        return body(notification);
    }

    /// Exactly `success`: the real gateway forgives neither blanks nor capitals.
    @Override
    public boolean acknowledgedBy(int status, byte[] answer) {
        return status == OK && Arrays.equals(answer, SUCCESS);
    }

    @Override
    public FalseNotifications falseNotifications() {
        return new AlipayFalseNotifications(merchant, this, keys);
    }

    /// All that the notification says, in a map of its own and not signed yet.
    Map<String, String> fields(Trade trade) {
        Map<String, String> notification = new LinkedHashMap<>();
        notification.put("notify_time", BeijingTime.SPACED.write(clock.instant()));
        notification.put("notify_type", "trade_status_sync");
        notification.put("notify_id", trade.notificationId().orElseThrow());
        notification.put("app_id", merchant.appId());
        notification.put("auth_app_id", merchant.appId());
        notification.put("charset", "utf-8");
        notification.put("version", "1.0");
        notification.put("trade_no", trade.transactionId());
        notification.put("out_trade_no", trade.number());
        notification.put("trade_status", WireStatus.of(trade));
        notification.put("buyer_id", Buyer.USER_ID);
        notification.put("buyer_logon_id", Buyer.LOGON_ID);
        notification.put("seller_id", merchant.sellerId());
        notification.put("gmt_create", BeijingTime.SPACED.write(trade.createdAt()));
        notification.putAll(trade.terms().fields());
        notification.put("total_amount", Yuan.of(trade));
        Payment payment = trade.payment();
        TradeClosure closure = trade.closure();
        if (payment != null) {
            putPayment(notification, payment, Yuan.of(trade));
        } else if (closure != null) {
            notification.put("gmt_close", BeijingTime.SPACED.write(closure.at()));
        }
        return notification;
    }

    static NotificationBody body(Map<String, String> notification) {
        return new NotificationBody("application/x-www-form-urlencoded; charset=utf-8", FormParameters.write(notification));
    }

    private static void putPayment(Map<String, String> notification, Payment payment, String yuan) {
        notification.put("gmt_payment", BeijingTime.SPACED.write(payment.at()));
        notification.put("receipt_amount", yuan);
        notification.put("invoice_amount", yuan);
        notification.put("buyer_pay_amount", yuan);
        notification.put("point_amount", Yuan.ZERO);
        // On a plain payment, as in the official sample: whoever tests for its presence takes a payment for a refund.
        notification.put("refund_fee", Yuan.ZERO);
        notification.put("fund_bill_list", "[{\"amount\":\"" + yuan + "\",\"fundChannel\":\"ALIPAYACCOUNT\"}]");
    }
}
