package dev.sluice.order.placement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.sluice.event.OrderCreated;
import dev.sluice.event.Purchase;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.order.Client;
import dev.sluice.order.FakeWechat;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;
import dev.sluice.order.timeline.ShownEntry;
import dev.sluice.order.timeline.Timeline;
import dev.sluice.order.timeline.TimelineEntry;

import static dev.sluice.order.RunningApi.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Orders are placed on a real Kafka and a real PostgreSQL, with providers that do as they are told.
@ExtendWith(SharedApi.class)
class OrderApiIT {
    /// As docs/api.md says.
    private static final int CALLS_PER_PROVIDER = 32;
    private final RunningApi api;
    private final FakeWechat wechat;
    private final Client user;

    OrderApiIT(RunningApi api, FakeWechat wechat) {
        this.api = api;
        this.wechat = wechat;
        user = api.anotherUser();
    }

    @Test
    void placesAnOrderWhoseEventIsInTheLogBeforeItsCodeLeaves() {
        JsonNode answer = user.pay(10, null).path("data");

        String number = answer.path("order_id").asString();
        assertThat(number).matches("[0-9A-Z]{26}");
        assertThat(answer.path("money").asString()).isEqualTo("73.00");
        assertThat(answer.path("quota").asLong()).isEqualTo(5_000_000);
        assertThat(answer.path("pay_url").asString()).isEqualTo("weixin://wxpay/bizpayurl?pr=" + number);
        assertThat(answer.path("qr_svg").asString()).startsWith("<svg");
        assertThat(api.written().events(number, OrderCreated.class)).singleElement().satisfies(created -> {
            assertThat(created.money()).isEqualTo(Money.ofFen(7300));
            assertThat(created.purchase()).isInstanceOfSatisfying(Purchase.TopUp.class,
                    bought -> assertThat(bought.userId()).isEqualTo(new UserId(Long.toString(user.id()))));
            assertThat(created.merchant()).isEqualTo(SharedApi.MERCHANT);
        });
        JsonNode view = user.view(number);
        assertThat(view.path("status").asString()).isEqualTo("AWAITING_PAYMENT");
        assertThat(view.path("paid_at").isNull()).isTrue();
    }

    @Test
    void believesNobodysWordOnWhereARequestCameFrom() {
        Client.json(user.http().post().uri("/api/user/wechat/pay").header("X-Forwarded-For", "203.0.113.9")
                .header("Forwarded", "for=203.0.113.9").contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"amount\":10,\"payment_method\":\"wechat\"}").exchange().expectStatus().isOk());

        assertThat(api.jdbc().sql("select client_address from orders.topup where user_id = ?")
                .param(Long.toString(user.id())).query(String.class).single()).isEqualTo("127.0.0.1");
    }

    @Test
    void theSameKeyIsTheSameOrderAndAnotherBodyUnderItIsAConflict() {
        JsonNode first = user.pay(10, "key-1");
        JsonNode second = user.pay(10, "key-1");

        assertThat(second).isEqualTo(first);
        assertThat(
                user.post("/api/user/wechat/pay", Map.of("amount", 11, "payment_method", "wechat"), "key-1", 409).path("code").asString())
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(api.anotherUser().pay(10, "key-1").path("data").path("order_id")).as("another user's key is another key")
                .isNotEqualTo(first.path("data").path("order_id"));
    }

    @Test
    void theSameKeyAtTheSameMomentIsOneOrder() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> calls = IntStream.range(0, 10).<Callable<String>>mapToObj(_ -> () -> {
                var answer = user.posted("/api/user/wechat/pay", Client.TEN_BY_WECHAT, "at-once");
                JsonNode json = Client.json(answer);
                return json.path("code").asString(json.path("data").path("order_id").asString(""));
            }).toList();
            var answers = new HashSet<String>();
            for (var call : threads.invokeAll(calls)) {
                answers.add(call.get());
            }
            answers.remove("PROVIDER_UNREACHABLE");
            assertThat(answers).as("one order; who did not wait is asked to retry").containsExactly(user.pay(10, "at-once").path("data")
                    .path("order_id").asString());
        }
    }

    @Test
    void whoWasToldToTryAgainGetsTheSameOrdersCode() {
        wechat.mood = FakeWechat.Mood.FORGETTING;
        JsonNode refused = user.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, "again", 503);
        assertThat(refused.path("code").asString()).isEqualTo("PROVIDER_UNREACHABLE");
        String number = wechat.asked.getLast();
        assertThat(api.written().events(number, OrderCreated.class)).as("the order exists for everyone all the same").hasSize(1);
        assertThat(user.status(number)).isEqualTo("NEW");

        wechat.mood = FakeWechat.Mood.KIND;

        assertThat(user.pay(10, "again").path("data").path("order_id").asString()).isEqualTo(number);
        assertThat(api.written().events(number, OrderCreated.class)).as("asked for twice, appended once").hasSize(1);
    }

    @Test
    void aRefusalOfTheProviderEndsTheOrder() {
        wechat.mood = FakeWechat.Mood.REFUSING;

        assertThat(user.pay(10, "refused").path("code").asString()).isEqualTo("PROVIDER_REFUSED");

        assertThat(user.status(wechat.asked.getLast())).isEqualTo("CLOSED");
        assertThat(user.pay(10, "refused").path("code").asString()).isEqualTo("ORDER_ENDED");
        await().atMost(SOON).untilAsserted(() -> assertThat(api.bean(Timeline.class).of(wechat.asked.getLast()))
                .filteredOn(entry -> entry instanceof TimelineEntry.OfAnswer).map(ShownEntry::of).singleElement().satisfies(entry -> {
                    assertThat(entry.data().path("question").asString()).isEqualTo("CREATE");
                    assertThat(entry.data().path("meaning").asString()).isEqualTo("REFUSED");
                    assertThat(entry.data().path("reason").asString()).isEqualTo("NOAUTH 商户无此接口权限");
                    assertThat(entry.data().path("body").asString()).contains("NOAUTH").doesNotContain(FakeWechat.KEY);
                }));
    }

    /// G6: at the moment when the provider is asked, the order is in the log.
    @Test
    void theProviderIsAskedAfterTheOrderIsInTheLog() {
        List<Integer> inTheLog = new ArrayList<>();
        wechat.whenAsked = number -> inTheLog.add(api.written().events(number, OrderCreated.class).size());

        user.pay(10, null);

        assertThat(inTheLog).containsExactly(1);
    }

    @Test
    void aProviderThatHangsDoesNotHoldUpTheOther() throws Exception {
        wechat.mood = FakeWechat.Mood.HANGING;
        int asked = wechat.asked.size();
        List<Client> others = Stream.generate(api::anotherUser).limit(CALLS_PER_PROVIDER).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var hanging = others.stream()
                    .map(other -> threads.submit(() -> other.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, null, 503))).toList();
            await().atMost(SOON).until(() -> wechat.asked.size() >= asked + CALLS_PER_PROVIDER);

            long started = System.nanoTime();
            // The same person, who could not get a code from the one, gets it from the other.
            assertThat(others.getFirst().post("/api/user/alipay/pay", Client.TEN_BY_ALIPAY, null, 200).path("data").path("pay_url")
                    .asString()).startsWith("https://qr.alipay.com/");
            assertThat(user.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, null, 503).path("code").asString())
                    .isEqualTo("PROVIDER_UNREACHABLE");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).as("before any of the hanging calls ended")
                    .isLessThan(Duration.ofSeconds(4));
            for (var each : hanging) {
                each.get();
            }
        }
    }

    @Test
    void ordersThatGotNoCodeDoNotCountAsUnpaid() {
        wechat.mood = FakeWechat.Mood.FORGETTING;
        for (int i = 0; i <= Limits.UNPAID_ORDERS; i++) {
            user.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, null, 503);
        }

        assertThat(user.post("/api/user/alipay/pay", Client.TEN_BY_ALIPAY, null, 200).path("message").asString())
                .isEqualTo("success");
    }

    @Test
    void aCodeIsNotShownWhenItsTimeIsOver() {
        String number = user.pay(10, "over").path("data").path("order_id").asString();
        api.jdbc().sql("update orders.topup set expires_at = now() where trade_no = ?").param(number)
                .update();

        assertThat(user.view(number).path("pay_url").isNull()).isTrue();
        assertThat(user.pay(10, "over").path("code").asString()).isEqualTo("ORDER_ENDED");
    }

    @Test
    void aRecordThatTheRowsRefuseDoesNotStopTheOthers() {
        String number = user.order();
        OrderCreated good = api.written().events(number, OrderCreated.class).getFirst();
        api.log()
                .append(new OrderCreated(TradeNumber.next(), good.provider(), good.merchant(), good.scene(), Money.ofFen(0), good.subject(),
                        good.createdAt(), good.expiresAt(), good.purchase()));

        api.credit(number, user);

        // Where the refused record is in the order's partition, orders that are accepted elsewhere show that it alone is to blame.
        await().atMost(SOON).until(() -> {
            api.anotherUser().order();
            return user.status(number).equals("CREDITED");
        });
    }

    /// G4 for the orders: the rows are a view of the log, but for what only the making of a code needs.
    @Test
    void makesADatabaseThatWentBackInTimeGoodFromTheLog() {
        String number = user.order();
        api.credit(number, user);
        await().atMost(SOON).until(() -> user.status(number).equals("CREDITED"));
        JsonNode before = lasting(number);
        JdbcClient jdbc = api.jdbc();
        jdbc.sql("delete from orders.topup where trade_no = ?").param(number).update();
        for (String view : List.of("progress", "credit", "hold")) {
            jdbc.sql("delete from orders." + view + " where trade_no = ?").param(number).update();
        }

        jdbc.sql("delete from orders.user_quota where user_id = ?").param(Long.toString(user.id())).update();

        // A failover or a restore: rows and positions are of an earlier moment.
        jdbc.sql("update orders.position set next_offset = 0 where view = 'orders'").update();

        await().atMost(SOON).untilAsserted(() -> assertThat(lasting(number)).isEqualTo(before));
    }

    /// The order without the time of the answer.
    private JsonNode lasting(String number) {
        return ((ObjectNode) user.view(number)).without("now");
    }
}
