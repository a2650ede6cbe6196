package dev.sluice.sandbox.alipay;

import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.bill.TestBills;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.fault.TestFaults;
import dev.sluice.sandbox.notification.Notifier;
import dev.sluice.sandbox.notification.RefundNotifier;
import dev.sluice.sandbox.notification.TestNotifiers;
import dev.sluice.sandbox.refund.TestRefunds;
import dev.sluice.sandbox.trade.TestTrades;
import dev.sluice.sandbox.trade.Trades;

import static org.assertj.core.api.Assertions.assertThat;

/// The gateway, and a merchant who calls it.
final class TestGateway implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final SettableClock clock = new SettableClock();
    final Trades trades = TestTrades.forgetful(clock);
    final FaultInjection faults = TestFaults.none();
    private final AlipaySignature signature = new AlipaySignature(AnyMerchant.properties());
    private final AlipayTradeNotification notification = new AlipayTradeNotification(AnyMerchant.properties(), signature, clock);
    private final Notifier notifier = TestNotifiers.of(notification, faults, trades);
    private final RefundNotifier refundNotifier = TestNotifiers.ofRefunds(new AlipayRefundNotification(notification), faults);
    private final Gateway gateway = new Gateway(
            new CallCheck(AnyMerchant.properties(), signature, clock),
            new AlipayTrades(trades, faults, notifier, new PrecreateTerms(AnyMerchant.properties(), clock, new TimeScale(1))),
            new AlipayRefunds(trades, TestRefunds.of(trades, faults, refundNotifier, clock, 1), faults),
            signature,
            faults,
            TestFaults.responses(faults),
            new AlipayBills(TestBills.alipay(trades, faults, clock), clock));

    /// Precreates a trade of 7.30 yuan and returns the code.
    String code(String number, String notifyUrl) {
        ObjectNode content = JSON.createObjectNode()
                .put("out_trade_no", number)
                .put("total_amount", "7.30")
                .put("subject", "AI服务充值");
        Map<String, String> call = unsigned("alipay.trade.precreate", content);
        call.put("notify_url", notifyUrl);
        return node(answer(sign(call))).path("qr_code").asString();
    }

    /// Calls with one field, and returns the node of the signed answer.
    JsonNode ask(String method, String field, String value) {
        return ask(method, Map.of(field, value));
    }

    JsonNode ask(String method, Map<String, String> content) {
        String answer = asked(method, content);
        assertSigned(answer);
        return node(answer);
    }

    /// The whole answer, signed or not.
    String asked(String method, Map<String, String> content) {
        return answer(sign(unsigned(method, JSON.valueToTree(content))));
    }

    String answer(Map<String, String> form) {
        return answer("", FormParameters.write(form));
    }

    String answer(String query, String form) {
        return gateway.respond(query, form, "http://127.0.0.1").json();
    }

    Map<String, String> unsigned(String method, ObjectNode content) {
        Map<String, String> call = new HashMap<>();
        call.put("app_id", AnyMerchant.ALIPAY_APP_ID);
        call.put("method", method);
        call.put("format", "JSON");
        call.put("charset", "utf-8");
        call.put("sign_type", "RSA2");
        call.put("timestamp", BeijingTime.SPACED.write(clock.instant()));
        call.put("version", "1.0");
        call.put("biz_content", content.toString());
        return call;
    }

    static Map<String, String> sign(Map<String, String> call) {
        Map<String, String> signed = new HashMap<>(call);
        signed.put("sign",
                AlipaySignature.sign(AlipaySignature.RSA2, AlipaySignature.text(call), AnyMerchant.APPLICATION_KEYS.getPrivate()));
        return signed;
    }

    static boolean signed(String answer) {
        String node = answer.substring(answer.indexOf(':') + 1, answer.lastIndexOf(",\"sign\""));
        return AlipaySignature.verifies(node, JSON.readTree(answer).path("sign").asString(), AnyMerchant.ALIPAY_KEYS.getPublic());
    }

    static void assertSigned(String answer) {
        assertThat(signed(answer)).as(answer).isTrue();
    }

    @Override
    public void close() {
        notifier.close();
        refundNotifier.close();
    }

    private static JsonNode node(String answer) {
        return JSON.readTree(answer).iterator().next();
    }
}
