package dev.sluice.sandbox.wechat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.fault.TestFaults;
import dev.sluice.sandbox.notification.RefundNotifier;
import dev.sluice.sandbox.notification.TestNotifiers;
import dev.sluice.sandbox.refund.TestRefunds;
import dev.sluice.sandbox.trade.TestTrades;
import dev.sluice.sandbox.trade.Trades;

import static dev.sluice.sandbox.AnyMerchant.API_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;

/// WeChat Pay with everything it needs, and a merchant who calls it. Ten times faster than reality.
final class TestWechat {
    final SettableClock clock = new SettableClock();
    final Trades trades = TestTrades.forgetful(clock);
    final FaultInjection faults = TestFaults.none();
    private final TimeScale scale = new TimeScale(10);
    private final WechatOrders orders = new WechatOrders(trades, faults, new OrderTerms(clock, scale), clock, scale);
    private final WechatMerchant merchant = new WechatMerchant(AnyMerchant.properties(), new Random(42));
    private final RefundNotifier refundNotifier = TestNotifiers
            .ofRefunds(new WechatRefundNotification(merchant, new WechatPaymentNotification(merchant)), faults);
    private final WechatRefunds refunds = new WechatRefunds(trades, TestRefunds.of(trades, faults, refundNotifier, clock, 10));
    private final WechatController controller = new WechatController(
            merchant, orders, faults, TestFaults.responses(faults));

    /// Orders for 7.30 yuan and returns the code.
    String code(String number) {
        return Objects.requireNonNull(order(number).get("code_url"));
    }

    Map<String, String> order(String number) {
        return call(orders::place, Map.of(
                "out_trade_no", number,
                "body", "AI服务充值",
                "total_fee", "730",
                "spbill_create_ip", "127.0.0.1",
                "notify_url", "http://127.0.0.1/notify",
                "trade_type", "NATIVE",
                "product_id", "quota",
                "attach", "user 7",
                "device_info", "WEB"));
    }

    Map<String, String> query(Map<String, String> fields) {
        return call(orders::query, fields);
    }

    Map<String, String> query(String number) {
        return query(Map.of("out_trade_no", number));
    }

    Map<String, String> close(Map<String, String> fields) {
        return call(orders::close, fields);
    }

    Map<String, String> close(String number) {
        return close(Map.of("out_trade_no", number));
    }

    Map<String, String> refund(Map<String, String> fields) {
        return call(refunds::refund, fields);
    }

    Map<String, String> queryRefund(Map<String, String> fields) {
        return call(refunds::query, fields);
    }

    static boolean signed(Map<String, String> answer) {
        return SignType.MD5.verifies(answer, API_KEY);
    }

    /// Any field can be set to something wrong, the signature too.
    private Map<String, String> call(Function<Map<String, String>, WechatResult> operation, Map<String, String> fields) {
        Map<String, String> request = new HashMap<>();
        request.put("appid", AnyMerchant.WECHAT_APP_ID);
        request.put("mch_id", AnyMerchant.MCH_ID);
        request.put("nonce_str", "ibuaiVcKdpRxkhJA");
        request.putAll(fields);
        request.putIfAbsent("sign", SignType.MD5.sign(request, API_KEY));
        String answer = controller.take(WechatXml.write(request).getBytes(UTF_8), operation).xml();
        return ((WechatXml.Fields) WechatXml.read(answer.getBytes(UTF_8))).values();
    }
}
