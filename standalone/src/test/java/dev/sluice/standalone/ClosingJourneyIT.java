package dev.sluice.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// G7: an unpaid order is closed, at the provider too, and money that comes at the last moment or later is honoured.
class ClosingJourneyIT {
    private static final long UNIT = 500_000;
    private static final AtomicLong NEXT_USER = new AtomicLong(1);
    /// As the settings below say; WeChat Pay closes no younger order.
    private static final Duration EXPIRY = Duration.ofMinutes(6);
    private static final Duration A_MOMENT = Duration.ofSeconds(5);
    /// A code of Alipay that was made at the last moment lives so long; and what we add to be sure.
    private static final Duration CODE_IS_DEAD = EXPIRY.plusMinutes(120 + 5);

    @TempDir
    private static Path folder;
    private static TimeMachine machine;

    @BeforeAll
    static void start() throws Exception {
        machine = new TimeMachine(folder, Map.of("OrderExpireMinutes", EXPIRY.toMinutes()));
    }

    @AfterAll
    static void stop() {
        machine.close();
    }

    @AfterEach
    void behaveAgain() {
        machine.between.watch(call -> true);
        machine.sluice.faults("", List.of());
    }

    private static Shopper anyShopper() {
        return Shopper.of(machine.sluice, NEXT_USER.incrementAndGet(), machine.secret);
    }

    private static Shopper operator() {
        return Shopper.operator(machine.sluice, machine.secret);
    }

    /// The payer scans the code, and leaves the cashier open.
    private static void scan(JsonNode order) {
        JsonNode seen = machine.sluice.postJson("/wallet/api/open", "", Map.of("code", order.path("pay_url").asString()));
        assertThat(seen.path("amount").asString()).isEqualTo("73.00");
    }

    private static String number(JsonNode order) {
        return order.path("order_id").asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void anUnpaidOrderIsClosedAtTheProviderAfterItsTime(String method) {
        Shopper shopper = anyShopper();
        JsonNode order = shopper.order(method, 10, "k");
        scan(order);
        machine.forward(EXPIRY.minusSeconds(30));
        stays(shopper, order, "AWAITING_PAYMENT");

        machine.forward(Duration.ofSeconds(35));

        shopper.awaitStatus(number(order), "CLOSED");
        assertThat(shopper.pay(order).path("transaction_id").asString("")).as("nobody can pay it any more").isEmpty();
        operator().awaitTimeline(number(order), "OrderCreated", "ProviderAnswer CLOSED", "OrderClosed EXPIRED");
        assertThat(operator().timeline(number(order))).anySatisfy(entry -> assertThat(entry).startsWith("ProviderAnswer UNPAID"));
    }

    /// There is nothing at Alipay that could be closed, and until the code is dead somebody may scan it.
    @Test
    void anAlipayCodeThatNobodyScannedIsClosedWhenItIsDead() {
        Shopper shopper = anyShopper();
        JsonNode order = shopper.order("alipay", 10, "k");
        machine.forward(EXPIRY.plusMinutes(10));
        stays(shopper, order, "AWAITING_PAYMENT");

        machine.forward(CODE_IS_DEAD);

        shopper.awaitStatus(number(order), "CLOSED");
        operator().awaitTimeline(number(order), "OrderCreated", "ProviderAnswer ABSENT", "OrderClosed EXPIRED");
        assertThat(operator().story(number(order))).contains("订单已关闭，未收到款项");
    }

    /// Asked, it was unpaid; told to close it, the provider says that it is paid.
    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void paidAtTheLastSecondAgainstTheCloseItIsCredited(String method) {
        Shopper shopper = anyShopper();
        JsonNode order = shopper.order(method, 10, "k");
        scan(order);
        machine.sluice.faults(number(order), List.of("NEVER_NOTIFIED"));
        AtomicBoolean paid = new AtomicBoolean();
        machine.between.watch(call -> {
            boolean closes = call.contains("/pay/closeorder") || call.contains("alipay.trade.close");
            if (closes && call.contains(number(order)) && !paid.getAndSet(true)) {
                assertThat(shopper.pay(order).path("transaction_id").asString()).isNotEmpty();
            }
            return true;
        });

        machine.forward(EXPIRY.plus(A_MOMENT));

        shopper.awaitStatus(number(order), "CREDITED");
        assertThat(paid).as("the close was tried first").isTrue();
        operator().awaitTimeline(number(order), "PaymentConfirmed QUERY", "QuotaCredited");
        assertThat(shopper.view(number(order)).path("late").asBoolean()).isFalse();
        assertThat(shopper.quota()).isEqualTo(10 * UNIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void paidAfterItWasClosedItIsCreditedAndMarkedLate(String method) {
        Shopper shopper = anyShopper();
        JsonNode order = shopper.order(method, 10, "k");
        scan(order);
        machine.sluice.faults(number(order), List.of("CLOSED_BUT_PAYABLE"));
        machine.forward(EXPIRY.plus(A_MOMENT));
        shopper.awaitStatus(number(order), "CLOSED");

        assertThat(shopper.pay(order).path("transaction_id").asString()).isNotEmpty();

        shopper.awaitStatus(number(order), "CREDITED");
        assertThat(shopper.view(number(order)).path("late").asBoolean()).isTrue();
        assertThat(shopper.quota()).isEqualTo(10 * UNIT);
        operator().awaitTimeline(number(order), "OrderClosed EXPIRED", "PaymentConfirmed NOTIFICATION", "QuotaCredited");
        assertThat(operator().story(number(order))).contains("订单关闭后到账");
    }

    /// The provider made the order and its answer got lost; the client never asked again.
    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void anOrderWhoseCodeGotLostIsClosed(String method) {
        Shopper shopper = anyShopper();
        machine.sluice.faults("", List.of("GARBAGE"));
        String number = refused(shopper, method);
        machine.sluice.faults("", List.of());

        machine.forward(EXPIRY.plus(A_MOMENT));
        machine.forward(method.equals("alipay") ? CODE_IS_DEAD : Duration.ZERO);

        shopper.awaitStatus(number, "CLOSED");
        operator().awaitTimeline(number, "OrderCreated", "OrderClosed EXPIRED");
        assertThat(operator().story(number)).contains("订单已关闭，未收到款项");
    }

    /// The provider never heard of it.
    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void anOrderThatNeverReachedTheProviderIsClosed(String method) {
        Shopper shopper = anyShopper();
        machine.between.watch(call -> false);
        String number = refused(shopper, method);
        machine.between.watch(call -> true);

        machine.forward(method.equals("alipay") ? CODE_IS_DEAD.plus(A_MOMENT) : EXPIRY.plusMinutes(6));

        shopper.awaitStatus(number, "CLOSED");
        operator().awaitTimeline(number, "OrderCreated", "OrderClosed EXPIRED");
        assertThat(operator().story(number)).contains("订单已关闭，未收到款项");
    }

    /// The process died between the row and the log.
    @Test
    void anOrderThatNeverReachedTheLogIsClosed() {
        Shopper shopper = anyShopper();
        String known = number(shopper.order("wechat", 10, "k"));
        String lost = "01LOST" + known.substring(6);
        machine.database().sql("""
                insert into orders.topup (trade_no, version, status, user_id, idempotency_key, provider, scene, app_id, merchant_id, amount,
                    display_type, quota_per_unit, price, group_ratio, discount, minor_units, currency, quota, subject, client_address, notify_url, late,
                    created_at, expires_at)
                select :lost, 1, 'NEW', user_id, 'lost', provider, scene, app_id, merchant_id, amount, display_type, quota_per_unit, price,
                    group_ratio, discount, minor_units, currency, quota, subject, client_address, notify_url, late, created_at, expires_at
                from orders.topup where trade_no = :known""").param("lost", lost).param("known", known).update();
        stays(shopper, lost, "NEW");

        machine.forward(EXPIRY.plusMinutes(6));
        // It comes to the reconciler as something from the past, which waits a little for what else the log says of it.
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        machine.forward(Duration.ofSeconds(31));

        shopper.awaitStatus(lost, "CLOSED");
        operator().awaitTimeline(lost, "OrderCreated", "OrderClosed EXPIRED");
    }

    private static String refused(Shopper shopper, String method) {
        JsonNode answer = machine.sluice.postJson("/api/user/" + method + "/pay", shopper.token(),
                Map.of("amount", 10, "payment_method", method));
        assertThat(answer.path("code").asString()).isEqualTo("PROVIDER_UNREACHABLE");
        return machine.sluice.getJson("/api/user/topup/self", shopper.token()).path("data").path("items").get(0).path("order_id")
                .asString();
    }

    private static void stays(Shopper shopper, JsonNode order, String status) {
        stays(shopper, number(order), status);
    }

    private static void stays(Shopper shopper, String number, String status) {
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).until(() -> shopper.status(number).equals(status));
    }
}
