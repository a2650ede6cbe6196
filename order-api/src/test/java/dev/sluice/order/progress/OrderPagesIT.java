package dev.sluice.order.progress;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.OrderWatched;
import dev.sluice.log.Topic;
import dev.sluice.order.Client;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;
import dev.sluice.testing.WrittenLog;

import static dev.sluice.order.RunningApi.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What users see of prices and of their orders, at once and while it changes.
@ExtendWith(SharedApi.class)
class OrderPagesIT {
    private final RunningApi api;
    private final Client user;

    OrderPagesIT(RunningApi api) {
        this.api = api;
        user = api.anotherUser();
    }

    @Test
    void saysWhatThereIsToBuy() {
        JsonNode info = user.get("/api/user/topup/info").path("data");

        assertThat(info.path("enable_wechat_topup").asBoolean()).isTrue();
        assertThat(info.path("enable_alipay_topup").asBoolean()).isTrue();
        assertThat(info.path("wechat_min_topup").asInt()).isEqualTo(2);
        assertThat(info.path("pay_methods").get(0).path("type").asString()).isEqualTo("wechat");
        assertThat(info.path("pay_methods").get(0).path("min_topup").asInt()).isEqualTo(2);
        assertThat(info.path("merchant").path("name").asString()).isEqualTo("陶然 AI");
        assertThat(info.path("merchant").path("address").isNull()).isTrue();
        assertThat(info.path("price").decimalValue()).isEqualByComparingTo("7.3");
    }

    @Test
    void pricesByTheGroupInTheToken() {
        Client dear = api.user(user.id(), "vip");

        assertThat(user.post("/api/user/amount", Client.TEN_BY_WECHAT, null, 200).path("data").asString()).isEqualTo("73.00");
        assertThat(dear.post("/api/user/amount", Client.TEN_BY_WECHAT, null, 200).path("data").asString()).isEqualTo("36.50");
    }

    @Test
    void showsEachStepOnTheStreamOnceAndResumesWhereThePageWas() {
        String number = user.order();
        var events = new ArrayList<ServerSentEvent<JsonNode>>();
        var subscription = stream(number, null).subscribe(events::add);
        await().atMost(SOON).until(() -> events.size() >= 2);

        api.credit(number, user);

        await().atMost(SOON).until(() -> events.size() >= 4);
        subscription.dispose();
        assertThat(events.stream().map(OrderPagesIT::status)).containsExactly("NEW", "AWAITING_PAYMENT", "PAID", "CREDITED");
        assertThat(events.get(2).data().path("transaction_id").asString()).isEqualTo("X-" + number);
        assertThat(events.get(3).data().path("late").asBoolean()).isFalse();
        assertThat(stream(number, "2").take(2).map(OrderPagesIT::status).collectList().block(SOON)).containsExactly("PAID", "CREDITED");
        assertThat(user.quota()).isEqualTo(5_000_000);
    }

    @Test
    void anAnswerThatNobodyReadsKeepsNoStreamOpen() {
        String number = user.order();
        for (int i = 0; i < Limits.STREAMS_PER_USER + 5; i++) {
            user.http().head().uri("/api/user/topup/" + number + "/events").exchange();
        }

        assertThat(stream(number, "99").take(2).map(OrderPagesIT::status).collectList().block(SOON)).as("a version it never had is none")
                .containsExactly("NEW", "AWAITING_PAYMENT");
    }

    @Test
    void refusesMoreOpenPagesThanTheLimit() {
        String number = user.order();
        var seen = new AtomicInteger();
        var pages = IntStream.range(0, Limits.STREAMS_PER_USER)
                .mapToObj(i -> stream(number, null).subscribe(event -> seen.incrementAndGet())).toList();
        await().atMost(SOON).until(() -> seen.get() >= 2 * Limits.STREAMS_PER_USER);

        user.http().get().uri("/api/user/topup/" + number + "/events").exchange().expectStatus()
                .isEqualTo(429).expectHeader().exists("Retry-After");
        pages.forEach(Disposable::dispose);
    }

    /// A client that opens pages and aborts them must not make PostgreSQL fork a process for each.
    @Test
    void aPageThatClosesDuringItsQueryLeavesTheConnectionWhole() throws Exception {
        String number = user.order();
        List<Integer> during;
        var seen = new AtomicInteger();
        var pages = IntStream.range(0, 4).mapToObj(_ -> stream(number, null).subscribe(_ -> seen.incrementAndGet())).toList();
        await().atMost(SOON).until(() -> seen.get() >= 8);
        try (Connection other = api.database().getConnection(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table orders.progress in access exclusive mode");
            // A move has each page look, and wait.
            api.jdbc().sql("select pg_notify('sluice_order_moved', ?) is null").param(number).query(Boolean.class).single();
            await().atMost(SOON).until(() -> waiting().size() >= 4);
            during = waiting();

            pages.forEach(Disposable::dispose);

            // As long as an interrupt would need.
            Thread.sleep(Duration.ofSeconds(1));
            other.rollback();
        }
        await().atMost(SOON).until(() -> waiting().isEmpty());
        assertThat(api.jdbc().sql("select pid from pg_stat_activity").query(Integer.class).list()).containsAll(during);
    }

    /// The processes of PostgreSQL that wait for the lock of the moves.
    private List<Integer> waiting() {
        return api.jdbc().sql("select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%from orders.progress%'")
                .query(Integer.class).list();
    }

    /// The provider is asked sooner while somebody looks.
    @Test
    void tellsWhenSomebodyLooksAtAnOrderThatIsNotPaidAndOnlyThen() {
        String open = user.order();
        String credited = user.order();
        api.credit(credited, user);
        await().atMost(SOON).until(() -> user.status(credited).equals("CREDITED"));
        Instant before = Instant.now();
        var settled = stream(credited, "4").subscribe();
        var subscription = stream(open, null).subscribe();

        await().atMost(SOON).untilAsserted(() -> assertThat(watched()).filteredOn(page -> page.tradeNumber().value().equals(open))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(page.until()).isBetween(before.plusSeconds(20), Instant.now().plusSeconds(30))));
        subscription.dispose();
        settled.dispose();
        assertThat(watched()).noneMatch(page -> page.tradeNumber().value().equals(credited));
    }

    @Test
    void listsAndFindsOnesOwnOrdersOnly() {
        String older = user.order();
        String newer = user.pay(20, null).path("data").path("order_id").asString();

        JsonNode page = user.get("/api/user/topup/self?p=1&page_size=1").path("data");
        assertThat(page.path("total").asInt()).isEqualTo(2);
        assertThat(page.path("items").get(0).path("order_id").asString()).isEqualTo(newer);
        assertThat(user.get("/api/user/topup/self?keyword=" + older.substring(10)).path("data").path("items").get(0).path("order_id")
                .asString())
                .isEqualTo(older);
        assertThat(user.get("/api/user/topup/self?keyword=%").path("data").path("total").asInt()).as("% is a character").isZero();

        Client stranger = api.anotherUser();
        assertThat(stranger.get("/api/user/topup/self").path("data").path("total").asInt()).isZero();
        for (String path : List.of("", "/qr.svg", "/events")) {
            stranger.http().get().uri("/api/user/topup/" + older + path).exchange().expectStatus().isNotFound();
        }
        user.http().get().uri("/api/user/topup/" + older + "/qr.svg").exchange().expectStatus().isOk().expectHeader()
                .contentType("image/svg+xml");
    }

    @ParameterizedTest
    @CsvSource({"p=0", "page_size=0", "page_size=101", "p=x", "page_size=x"})
    void refusesAPageThatIsNone(String query) {
        String words = user.get("/api/user/topup/self?" + query, 400).path("data").asString();

        assertThat(words).contains(query.endsWith("x") ? query.substring(0, query.indexOf('=')) : "");
    }

    /// jackson-dataformat-xml on the class path must not answer a browser's `Accept` with status 500.
    @Test
    void answersABrowserWithJson() {
        for (String path : List.of("/api/user/quota", "/api/user/topup/info")) {
            user.http().get().uri(path)
                    .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8").exchange()
                    .expectStatus().isOk().expectHeader().contentTypeCompatibleWith(MediaType.APPLICATION_JSON);
        }
    }

    /// A refusal would come after the order was placed.
    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "garbage", "image/png"})
    void tellsOfAnOrderThatIsPlacedWhateverTheCallerAccepts(String accepted) {
        var answer = user.http().mutate().defaultHeader("Accept", accepted).build().post().uri("/api/user/wechat/pay")
                .contentType(MediaType.APPLICATION_JSON).bodyValue(JsonMapper.shared().writeValueAsString(Client.TEN_BY_WECHAT)).exchange()
                .expectStatus().isOk().expectHeader().contentTypeCompatibleWith(MediaType.APPLICATION_JSON);

        assertThat(Client.json(answer).path("message").asString()).isEqualTo("success");
    }

    @Test
    void healthAndMetricsAreOnAPortOfTheirOwn() {
        for (String path : List.of("/livez", "/readyz", "/metrics")) {
            api.management().get().uri(path).exchange().expectStatus().isOk();
            api.anybody().get().uri(path).exchange().expectStatus().isNotFound();
        }
    }

    private List<OrderWatched> watched() {
        return api.written().records(Topic.WATCH).stream().map(record -> WrittenLog.watched(record).orElseThrow()).toList();
    }

    private Flux<ServerSentEvent<JsonNode>> stream(String number, @Nullable String lastEventId) {
        return user.http().get().uri("/api/user/topup/" + number + "/events").headers(headers -> {
            if (lastEventId != null) {
                headers.set("Last-Event-ID", lastEventId);
            }
        }).accept(MediaType.TEXT_EVENT_STREAM).exchange().expectStatus().isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<JsonNode>>() {
                }).getResponseBody().filter(event -> event.data() != null);
    }

    private static String status(ServerSentEvent<JsonNode> event) {
        return Objects.requireNonNull(event.data()).path("status").asString();
    }
}
