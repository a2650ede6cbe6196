package dev.sluice.standalone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What comes to the notify URLs besides payments of our orders, and what its order's timeline says of it.
@ExtendWith(SharedDemo.class)
class StrangersJourneyIT {
    private static final AtomicLong NEXT_USER = new AtomicLong(50_000);

    private static Running sluice;
    private static SentNotifications notices;
    private static Shopper operator;

    @BeforeAll
    static void start(SharedDemo.Started shared) {
        sluice = shared.sluice();
        notices = new SentNotifications(shared.keys());
        operator = Shopper.operator(sluice, shared.jwtSecret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void whatIsNotTheProvidersWordIsKeptWithItsVerdictAndChangesNothing(String method) throws Exception {
        Shopper shopper = anyShopper();
        String number = shopper.order(method, 10, "k").path("order_id").asString();
        String good = notices.paid(method, number, "S" + number, 7300);
        List<String> strange = method.equals("wechat") ? strangeXml(number, good) : strangeForms(number, good);

        for (String body : strange) {
            assertThat(sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method), body))
                    .isNotEqualTo(SentNotifications.success(method));
        }

        await().atMost(Running.SOON).untilAsserted(() -> assertThat(operator.timeline(number).stream()
                .filter(entry -> entry.startsWith("Notification FORGED"))).hasSize(strange.size()).doesNotHaveDuplicates());
        assertThat(shopper.status(number)).isEqualTo("AWAITING_PAYMENT");
        assertThat(operator.story(number)).contains("尚未收到款项");
        assertThat(sluice.manage("/metrics").body())
                .contains("sluice_notifications_total{application=\"notify-gateway\",provider=\"" + method
                        + "\",verdict=\"forged\"}");
        assertThat(sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method), good))
                .isEqualTo(SentNotifications.success(method));
        shopper.awaitStatus(number, "CREDITED");
        assertThat(operator.story(number)).contains("已入账");
    }

    private static List<String> strangeXml(String number, String good) {
        return List.of(
                good.replace("<total_fee><![CDATA[7300]]>", "<total_fee><![CDATA[7301]]>"),
                good.replaceFirst("<sign>.*</sign>", ""),
                "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + good,
                good.replace("</xml>", "<out_trade_no>" + number + "</out_trade_no></xml>"),
                good.replace("</xml>", "<attach>" + "x".repeat(70_000) + "</attach></xml>"),
                notices.told("wechat", number, "S" + number, 7300, Map.of("mch_id", "1900000002")));
    }

    private static List<String> strangeForms(String number, String good) {
        return List.of(
                good.replace("total_amount=73.00", "total_amount=73.01"),
                good.replaceFirst("sign=[^&]*&", ""),
                good.replace("sign_type=RSA2", "sign_type=RSA"),
                good + "&out_trade_no=" + number,
                good + "&attach=" + "x".repeat(70_000),
                notices.told("alipay", number, "S" + number, 7300, Map.of("seller_id", "2088000000000002")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void whatIsNotAPaymentIsKeptAndNeverCredited(String method) throws Exception {
        Shopper shopper = anyShopper();
        String number = shopper.order(method, 10, "k").path("order_id").asString();
        List<Map<String, String>> told = method.equals("wechat")
                ? List.of(Map.of("result_code", "FAIL", "err_code", "ORDERPAID"))
                : List.of(Map.of("trade_status", "WAIT_BUYER_PAY"), Map.of("trade_status", "TRADE_CLOSED"),
                        Map.of("refund_fee", "73.00", "gmt_refund", "2026-11-22 17:00:00"));
        List<String> expected = new ArrayList<>();
        for (Map<String, String> differently : told) {
            assertThat(sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method),
                    notices.told(method, number, "N" + number, 7300, differently))).isEqualTo(SentNotifications.success(method));
            expected.add(method.equals("wechat")
                    ? "Notification NOT_A_PAYMENT result_code is not SUCCESS"
                    : "Notification NOT_A_PAYMENT " + (differently.containsKey("refund_fee")
                            ? "a refund"
                            : "trade_status " + differently.get("trade_status")));
        }

        operator.awaitTimeline(number, expected.toArray(String[]::new));

        assertThat(shopper.status(number)).isEqualTo("AWAITING_PAYMENT");
        assertThat(shopper.quota()).isZero();
        assertThat(operator.story(number)).contains("尚未收到款项");
    }

    /// All of a credited payment is refunded in the provider's console. WeChat Pay notifies that encrypted and unsigned, Alipay as a closed
    /// trade, and when no refund is possible any more as a finished one.
    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void aRefundAfterTheCreditStandsInTheTimelineAndChangesNothing(String method) throws Exception {
        Shopper shopper = anyShopper();
        String number = shopper.order(method, 10, "k").path("order_id").asString();
        String path = "/api/" + method + "/notify";
        sluice.post(path, SentNotifications.contentType(method), notices.paid(method, number, "R" + number, 7300));
        shopper.awaitStatus(number, "CREDITED");
        long forged = forgeries(method);
        Map<String, String> refunded = Map.of("refund_fee", "73.00", "gmt_refund", "2026-11-23 17:00:00.320", "out_biz_no", "RF-1",
                "gmt_close", "2026-11-23 17:00:00");

        for (String body : method.equals("wechat")
                ? List.of(notices.encryptedRefund(number, 7300))
                : List.of(notices.told(method, number, "R" + number, 7300, with(refunded, "trade_status", "TRADE_CLOSED")),
                        notices.told(method, number, "R" + number, 7300, with(refunded, "trade_status", "TRADE_FINISHED")))) {
            assertThat(sluice.post(path, SentNotifications.contentType(method), body)).isEqualTo(SentNotifications.success(method));
        }

        operator.awaitTimeline(number, "QuotaCredited", method.equals("wechat")
                ? "Notification NOT_A_PAYMENT a refund: SUCCESS, refund_fee 7300, out_refund_no RF-1"
                : "Notification NOT_A_PAYMENT trade_status TRADE_CLOSED");
        if (method.equals("alipay")) {
            operator.awaitTimeline(number, "Notification NOT_A_PAYMENT trade_status TRADE_CLOSED", "Notification NOT_A_PAYMENT a refund");
        }
        assertThat(operator.timeline(number)).filteredOn(entry -> entry.startsWith("QuotaCredited")).hasSize(1);
        assertThat(shopper.status(number)).isEqualTo("CREDITED");
        assertThat(shopper.quota()).isEqualTo(5_000_000);
        assertThat(forgeries(method)).isEqualTo(forged);
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> more = new HashMap<>(fields);
        more.put(name, value);
        return more;
    }

    private static long forgeries(String method) throws IOException {
        return sluice.manage("/metrics").body().lines()
                .filter(line -> line.startsWith("sluice_notifications_total") && line.contains("provider=\"" + method + "\"")
                        && line.contains("verdict=\"forged\""))
                .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void moneyForATradeNumberThatWeNeverIssuedIsHeldAndHasAStory(String method) throws Exception {
        String number = "NEVER-" + method.toUpperCase(java.util.Locale.ROOT) + "-" + NEXT_USER.incrementAndGet();

        assertThat(sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method),
                notices.paid(method, number, "U" + number, 100)))
                .as("it is recorded").isEqualTo(SentNotifications.success(method));

        operator.awaitTimeline(number, "PaymentConfirmed NOTIFICATION", "PaymentHeld UNKNOWN_ORDER");
        assertThat(operator.story(number)).contains("并非本系统的订单号");
        assertThat(sluice.getJson("/api/topup/holds", operator.token()).path("data").valueStream()
                .map(hold -> hold.path("order_id").asString() + " " + hold.path("reason").asString()))
                .contains(number + " UNKNOWN_ORDER");
        assertThat(sluice.manage("/metrics").body())
                .contains("sluice_held_total{application=\"recharge-worker\",reason=\"UNKNOWN_ORDER\"}");
    }

    @ParameterizedTest
    @CsvSource({"wechat,fee_type,USD", "wechat,total_fee,0", "alipay,total_amount,0.00"})
    void anotherCurrencyAndNoMoneyAtAllAreHeld(String method, String field, String value) throws Exception {
        Shopper shopper = anyShopper();
        String number = shopper.order(method, 10, "k").path("order_id").asString();

        sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method),
                notices.told(method, number, "C" + number, 7300, Map.of(field, value)));

        shopper.awaitStatus(number, "HELD");
        operator.awaitTimeline(number, "PaymentConfirmed NOTIFICATION", "PaymentHeld AMOUNT_MISMATCH");
        assertThat(operator.story(number)).contains("AMOUNT_MISMATCH");
    }

    private static Shopper anyShopper() {
        return Shopper.of(sluice, NEXT_USER.incrementAndGet(), notices.keys().getProperty("jwt-secret"));
    }
}
