package dev.sluice.sandbox.alipay;

import java.math.BigDecimal;
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
import dev.sluice.sandbox.notice.PaymentNotice;
import dev.sluice.sandbox.trade.Payment;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Alipay's notice that a trade is paid. It says when it was sent, so each delivery is signed anew; its `notify_id` stays.
@Component
final class AlipayPaymentNotice implements PaymentNotice {
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
    /// The one payer of this sandbox.
    private static final String BUYER_ID = "2088722003899169";

    private final SandboxProperties.Alipay merchant;
    private final AlipayKeys keys;
    private final Clock clock;

    AlipayPaymentNotice(SandboxProperties properties, AlipayKeys keys, Clock clock) {
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
    public NoticeBody compose(Trade trade, Payment payment) {
        String yuan = BigDecimal.valueOf(trade.offer().fen(), 2).toPlainString();
        Map<String, String> notice = new LinkedHashMap<>();
        notice.put("notify_time", BeijingTime.SPACED.write(clock.instant()));
        notice.put("notify_type", "trade_status_sync");
        notice.put("notify_id", payment.noticeId());
        notice.put("app_id", merchant.appId());
        notice.put("auth_app_id", merchant.appId());
        notice.put("charset", "utf-8");
        notice.put("version", "1.0");
        notice.put("trade_no", trade.transactionId());
        notice.put("out_trade_no", trade.offer().key().number());
        notice.put("trade_status", "TRADE_SUCCESS");
        notice.put("buyer_id", BUYER_ID);
        notice.put("buyer_logon_id", "snb***@sandbox.com");
        notice.put("seller_id", merchant.sellerId());
        notice.put("gmt_create", BeijingTime.SPACED.write(trade.createdAt()));
        notice.put("gmt_payment", BeijingTime.SPACED.write(payment.at()));
        notice.put("receipt_amount", yuan);
        notice.put("invoice_amount", yuan);
        notice.put("buyer_pay_amount", yuan);
        notice.put("point_amount", "0.00");
        // On a plain payment, as in the official sample: whoever tests for its presence takes a payment for a refund.
        notice.put("refund_fee", "0.00");
        notice.put("fund_bill_list", "[{\"amount\":\"" + yuan + "\",\"fundChannel\":\"ALIPAYACCOUNT\"}]");
        notice.putAll(trade.offer().terms());
        notice.put("sign", Rsa2.sign(Rsa2.text(notice), keys.own()));
        notice.put("sign_type", "RSA2");
        return new NoticeBody("application/x-www-form-urlencoded; charset=utf-8", FormParameters.write(notice));
    }

    /// Exactly `success`: the real gateway forgives neither blanks nor capitals.
    @Override
    public boolean acknowledgedBy(int status, byte[] answer) {
        return status == OK && Arrays.equals(answer, SUCCESS);
    }
}
