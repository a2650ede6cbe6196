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
import dev.sluice.sandbox.notice.NoticeBody;
import dev.sluice.sandbox.notice.TradeNotice;
import dev.sluice.sandbox.trade.Payment;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeClosure;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Alipay's notice that a trade is paid or closed. It says when it was sent, so each delivery is signed anew; its `notify_id` stays.
@Component
final class AlipayTradeNotice implements TradeNotice {
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

    AlipayTradeNotice(SandboxProperties properties, AlipayKeys keys, Clock clock) {
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
    public NoticeBody compose(Trade trade) {
        Map<String, String> notice = fields(trade);
        notice.put("sign", Rsa2.sign(Rsa2.text(notice), keys.own()));
        notice.put("sign_type", "RSA2");
        return body(notice);
    }

    /// Exactly `success`: the real gateway forgives neither blanks nor capitals.
    @Override
    public boolean acknowledgedBy(int status, byte[] answer) {
        return status == OK && Arrays.equals(answer, SUCCESS);
    }

    /// All that the notice says, in a map of its own and not signed yet.
    Map<String, String> fields(Trade trade) {
        Map<String, String> notice = new LinkedHashMap<>();
        notice.put("notify_time", BeijingTime.SPACED.write(clock.instant()));
        notice.put("notify_type", "trade_status_sync");
        notice.put("notify_id", trade.notificationId().orElseThrow());
        notice.put("app_id", merchant.appId());
        notice.put("auth_app_id", merchant.appId());
        notice.put("charset", "utf-8");
        notice.put("version", "1.0");
        notice.put("trade_no", trade.transactionId());
        notice.put("out_trade_no", trade.number());
        notice.put("trade_status", WireStatus.of(trade));
        notice.put("buyer_id", Buyer.USER_ID);
        notice.put("buyer_logon_id", Buyer.LOGON_ID);
        notice.put("seller_id", merchant.sellerId());
        notice.put("gmt_create", BeijingTime.SPACED.write(trade.createdAt()));
        notice.putAll(trade.terms().fields());
        notice.put("total_amount", Yuan.of(trade));
        Payment payment = trade.payment();
        TradeClosure closure = trade.closure();
        if (payment != null) {
            putPayment(notice, payment, Yuan.of(trade));
        } else if (closure != null) {
            notice.put("gmt_close", BeijingTime.SPACED.write(closure.at()));
        }
        return notice;
    }

    static NoticeBody body(Map<String, String> notice) {
        return new NoticeBody("application/x-www-form-urlencoded; charset=utf-8", FormParameters.write(notice));
    }

    private static void putPayment(Map<String, String> notice, Payment payment, String yuan) {
        notice.put("gmt_payment", BeijingTime.SPACED.write(payment.at()));
        notice.put("receipt_amount", yuan);
        notice.put("invoice_amount", yuan);
        notice.put("buyer_pay_amount", yuan);
        notice.put("point_amount", Yuan.ZERO);
        // On a plain payment, as in the official sample: whoever tests for its presence takes a payment for a refund.
        notice.put("refund_fee", Yuan.ZERO);
        notice.put("fund_bill_list", "[{\"amount\":\"" + yuan + "\",\"fundChannel\":\"ALIPAYACCOUNT\"}]");
    }
}
