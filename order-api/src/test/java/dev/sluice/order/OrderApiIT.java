package dev.sluice.order;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.ConfirmationSource;
import dev.sluice.event.EventCodec;
import dev.sluice.event.EventLog;
import dev.sluice.event.Evidence;
import dev.sluice.event.Merchant;
import dev.sluice.event.Money;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PageOpen;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.Provider;
import dev.sluice.event.Quota;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.Reading;
import dev.sluice.event.TradeNumber;
import dev.sluice.event.TransactionId;
import dev.sluice.event.UserId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// The whole order API on a real Kafka and a real PostgreSQL, with providers that do as they are told.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OrderApiIT {
    private static final String SECRET = "a-secret-of-the-product-with-its-users";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final EmbeddedKafkaBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);

    @TempDir
    private static Path folder;
    private static EmbeddedPostgres postgres;
    private static FakeWechat wechat;
    private static FakeAlipay alipay;
    private static ConfigurableApplicationContext app;
    private static WebTestClient http;
    private static EventLog log;

    private static long nextUser = 100;
    private long user;

    @BeforeAll
    static void start() throws Exception {
        KAFKA.afterPropertiesSet();
        postgres = EmbeddedPostgres.start();
        wechat = new FakeWechat();
        alipay = new FakeAlipay();
        Path settings = Files.writeString(folder.resolve("settings.json"), JsonMapper.shared().writeValueAsString(Map.ofEntries(
                Map.entry("ServerAddress", "https://pay.example.com"), Map.entry("WechatAppId", "wx0000000000000001"),
                Map.entry("WechatMchId", "1900000001"),
                Map.entry("WechatApiV2Key", FakeWechat.KEY), Map.entry("WechatSignType", "MD5"),
                Map.entry("WechatGatewayUrl", wechat.url()), Map.entry("WechatMinTopUp", 2), Map.entry("AlipayAppId", "9021000000000001"),
                Map.entry("AlipaySellerId", "2088000000000001"), Map.entry("AlipayPrivateKey", alipay.privateKey()),
                Map.entry("AlipayPublicKey", alipay.publicKey()), Map.entry("AlipayGatewayUrl", alipay.url()),
                Map.entry("TopupGroupRatio", Map.of("vip", 0.5)), Map.entry("UserDailyLimit", 2000))));
        app = OrderApi.application().run("--server.port=0", "--SLUICE_KAFKA=" + KAFKA.getBrokersAsString(),
                "--SLUICE_POSTGRES=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres", "--SLUICE_JWT_SECRET=" + SECRET, "--SLUICE_SETTINGS=" + settings);
        http = WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + app.getEnvironment().getProperty("local.server.port"))
                .responseTimeout(Duration.ofSeconds(20)).build();
        log = EventLog.connect(KAFKA.getBrokersAsString(), "test", Clock.systemUTC());
    }

    @AfterAll
    static void stop() throws Exception {
        log.close();
        app.close();
        wechat.close();
        alipay.close();
    }

    @BeforeEach
    void anotherUser() {
        user = nextUser++;
        wechat.mood = FakeWechat.Mood.KIND;
        wechat.whenAsked = number -> {};
    }

    @Test
    void placesAnOrderWhoseEventIsInTheLogBeforeItsCodeLeaves() {
        JsonNode answer = pay(10, null).path("data");

        String number = answer.path("order_id").asString();
        assertThat(number).matches("[0-9A-Z]{26}");
        assertThat(answer.path("money").asString()).isEqualTo("73.00");
        assertThat(answer.path("quota").asLong()).isEqualTo(5_000_000);
        assertThat(answer.path("pay_url").asString()).isEqualTo("weixin://wxpay/bizpayurl?pr=" + number);
        assertThat(answer.path("qr_svg").asString()).startsWith("<svg");
        assertThat(created(number)).singleElement().satisfies(created -> {
            assertThat(created.money()).isEqualTo(Money.ofFen(7300));
            assertThat(created.userId()).isEqualTo(new UserId(user));
            assertThat(created.merchant()).isEqualTo(new Merchant("wx0000000000000001", "1900000001"));
        });
        JsonNode view = get("/api/user/topup/" + number).path("data");
        assertThat(view.path("status").asString()).isEqualTo("AWAITING_PAYMENT");
        assertThat(view.path("paid_at").isNull()).isTrue();
    }

    @Test
    void believesNobodysWordOnWhereARequestCameFrom() {
        body(http.post().uri("/api/user/wechat/pay").headers(h -> h.setBearerAuth(token(user, ""))).header("X-Forwarded-For", "203.0.113.9")
                .header("Forwarded", "for=203.0.113.9").contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"amount\":10,\"payment_method\":\"wechat\"}").exchange().expectStatus().isOk());

        assertThat(JdbcClient.create(postgres.getPostgresDatabase()).sql("select client_address from orders.topup where user_id = ?")
                .param(user).query(String.class).single()).isEqualTo("127.0.0.1");
    }

    @Test
    void theSameKeyIsTheSameOrderAndAnotherBodyUnderItIsAConflict() {
        JsonNode first = pay(10, "key-1");
        JsonNode second = pay(10, "key-1");

        assertThat(second).isEqualTo(first);
        assertThat(post("/api/user/wechat/pay", Map.of("amount", 11, "payment_method", "wechat"), "key-1", 409).path("code").asString())
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        user = nextUser++;
        assertThat(pay(10, "key-1").path("data").path("order_id")).as("another user's key is another key")
                .isNotEqualTo(first.path("data").path("order_id"));
    }

    @Test
    void theSameKeyAtTheSameMomentIsOneOrder() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long caller = user;
            List<Callable<String>> calls = IntStream.range(0, 10).<Callable<String>>mapToObj(i -> () -> {
                return body(request("/api/user/wechat/pay", Map.of("amount", 10, "payment_method", "wechat"), "at-once", token(caller, "")))
                        .path("data").path("order_id").asString();
            }).toList();
            var numbers = new HashSet<String>();
            for (var call : threads.invokeAll(calls)) {
                numbers.add(call.get());
            }
            assertThat(numbers).hasSize(1);
        }
    }

    @Test
    void whoWasToldToTryAgainGetsTheSameOrdersCode() {
        wechat.mood = FakeWechat.Mood.FORGETTING;
        JsonNode refused = post("/api/user/wechat/pay", Map.of("amount", 10, "payment_method", "wechat"), "again", 503);
        assertThat(refused.path("code").asString()).isEqualTo("PROVIDER_UNREACHABLE");
        String number = wechat.asked.getLast();
        assertThat(created(number)).as("the order exists for everyone all the same").hasSize(1);
        assertThat(get("/api/user/topup/" + number).path("data").path("status").asString()).isEqualTo("NEW");

        wechat.mood = FakeWechat.Mood.KIND;

        assertThat(pay(10, "again").path("data").path("order_id").asString()).isEqualTo(number);
        assertThat(new HashSet<>(created(number))).as("told twice, one fact").hasSize(1);
    }

    @Test
    void aRefusalOfTheProviderEndsTheOrder() {
        wechat.mood = FakeWechat.Mood.REFUSING;

        assertThat(pay(10, "refused").path("code").asString()).isEqualTo("PROVIDER_REFUSED");

        assertThat(get("/api/user/topup/" + wechat.asked.getLast()).path("data").path("status").asString()).isEqualTo("CLOSED");
        assertThat(pay(10, "refused").path("code").asString()).isEqualTo("ORDER_ENDED");
    }

    /// G6: at the moment when the provider is asked, the order is in the log.
    @Test
    void theProviderIsAskedAfterTheOrderIsInTheLog() {
        List<Integer> inTheLog = new ArrayList<>();
        wechat.whenAsked = number -> inTheLog.add(created(number).size());

        pay(10, null);

        assertThat(inTheLog).containsExactly(1);
    }

    @Test
    void aProviderThatHangsDoesNotHoldUpTheOther() throws Exception {
        wechat.mood = FakeWechat.Mood.HANGING;
        int asked = wechat.asked.size();
        long firstUser = nextUser;
        nextUser += Limits.CALLS_PER_PROVIDER;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var hanging = IntStream.range(0, Limits.CALLS_PER_PROVIDER).mapToObj(i -> threads.submit(() -> {
                return request("/api/user/wechat/pay", Map.of("amount", 10, "payment_method", "wechat"), null, token(firstUser + i, ""))
                        .expectStatus().isEqualTo(503);
            })).toList();
            await().atMost(SOON).until(() -> wechat.asked.size() >= asked + Limits.CALLS_PER_PROVIDER);

            long started = System.nanoTime();
            // The same person, who could not get a code from the one, gets it from the other.
            assertThat(body(request("/api/user/alipay/pay", Map.of("amount", 10, "payment_method", "alipay"), null, token(firstUser, "")))
                    .path("data").path("pay_url").asString())
                    .startsWith("https://qr.alipay.com/");
            assertThat(post("/api/user/wechat/pay", Map.of("amount", 10, "payment_method", "wechat"), null, 503).path("code").asString())
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
            post("/api/user/wechat/pay", Map.of("amount", 10, "payment_method", "wechat"), null, 503);
        }

        assertThat(post("/api/user/alipay/pay", Map.of("amount", 10, "payment_method", "alipay"), null, 200).path("message").asString())
                .isEqualTo("success");
    }

    @Test
    void aCodeIsNotShownWhenItsTimeIsOver() {
        String number = pay(10, "over").path("data").path("order_id").asString();
        JdbcClient.create(postgres.getPostgresDatabase()).sql("update orders.topup set expires_at = now() where trade_no = ?").param(number)
                .update();

        assertThat(get("/api/user/topup/" + number).path("data").path("pay_url").isNull()).isTrue();
        assertThat(pay(10, "over").path("code").asString()).isEqualTo("ORDER_ENDED");
    }

    @Test
    void aRecordThatTheRowsRefuseDoesNotStopTheOthers() {
        String number = pay(10, null).path("data").path("order_id").asString();
        OrderCreated good = created(number).getFirst();
        log.append(new OrderCreated(TradeNumber.next(), good.userId(), good.provider(), good.merchant(), good.scene(), Money.ofFen(0),
                good.quota(), good.quote(), good.subject(),
                good.createdAt(), good.expiresAt()));

        creditByLog(number, 7300);

        await().atMost(SOON).until(() -> get("/api/user/topup/" + number).path("data").path("status").asString().equals("CREDITED"));
    }

    @Test
    void anAnswerThatNobodyReadsKeepsNoStreamOpen() {
        String number = pay(10, null).path("data").path("order_id").asString();
        for (int i = 0; i < Limits.STREAMS_PER_USER + 5; i++) {
            http.head().uri("/api/user/topup/" + number + "/events").headers(h -> h.setBearerAuth(token(user, ""))).exchange();
        }

        assertThat(stream(number, "99").take(2).map(OrderApiIT::status).collectList().block(SOON)).as("a version it never had is none")
                .containsExactly("NEW", "AWAITING_PAYMENT");
    }

    @Test
    void refusesMoreOpenPagesThanTheLimit() {
        String number = pay(10, null).path("data").path("order_id").asString();
        var seen = new java.util.concurrent.atomic.AtomicInteger();
        var pages = IntStream.range(0, Limits.STREAMS_PER_USER)
                .mapToObj(i -> stream(number, null).subscribe(event -> seen.incrementAndGet())).toList();
        await().atMost(SOON).until(() -> seen.get() >= 2 * Limits.STREAMS_PER_USER);

        http.get().uri("/api/user/topup/" + number + "/events").headers(h -> h.setBearerAuth(token(user, ""))).exchange().expectStatus()
                .isEqualTo(429).expectHeader().exists("Retry-After");
        pages.forEach(reactor.core.Disposable::dispose);
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void withoutTheLogThereAreNoNewOrdersAndNoProviderIsAsked() {
        pay(10, null);
        KAFKA.destroy();
        int asked = wechat.asked.size();

        assertThat(post("/api/user/wechat/pay", Map.of("amount", 10, "payment_method", "wechat"), "log-away", 503).path("code").asString())
                .isEqualTo("UNAVAILABLE");

        assertThat(wechat.asked).hasSize(asked);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void withoutTheDatabaseItSaysSo() throws Exception {
        postgres.close();

        assertThat(post("/api/user/wechat/pay", Map.of("amount", 10, "payment_method", "wechat"), null, 503).path("code").asString())
                .isEqualTo("UNAVAILABLE");
    }

    @Test
    void refusesMoreUnpaidOrdersThanTheLimitAndSaysWhenToComeAgain() {
        for (int i = 0; i < Limits.UNPAID_ORDERS; i++) {
            pay(10, null);
        }

        var refused = request("/api/user/wechat/pay", Map.of("amount", 10, "payment_method", "wechat"), null, token(user, ""))
                .expectStatus().isEqualTo(429).expectHeader().exists("Retry-After");

        assertThat(body(refused).path("code").asString()).isEqualTo("TOO_MANY_UNPAID");
    }

    @Test
    void refusesMoreOrdersInAWindowThanTheLimit() {
        for (int i = 0; i < Limits.ORDERS_PER_WINDOW; i++) {
            String number = pay(10, null).path("data").path("order_id").asString();
            JdbcClient.create(postgres.getPostgresDatabase()).sql("update orders.topup set expires_at = now() where trade_no = ?")
                    .param(number).update();
        }

        assertThat(post("/api/user/wechat/pay", Map.of("amount", 10, "payment_method", "wechat"), null, 429).path("code").asString())
                .isEqualTo("TOO_MANY_ORDERS");
    }

    @Test
    void refusesMoreMoneyThanADaysAndSaysWhatIsLeft() {
        pay(200, null);

        var refused = request("/api/user/alipay/pay", Map.of("amount", 100, "payment_method", "alipay"), null, token(user, ""))
                .expectStatus().isEqualTo(429).expectHeader()
                .value("Retry-After", seconds -> assertThat(Long.parseLong(seconds)).isBetween(1L, Duration.ofDays(1).toSeconds()));

        JsonNode answer = body(refused);
        assertThat(answer.path("code").asString()).isEqualTo("TOO_MUCH_TODAY");
        assertThat(answer.path("data").asString()).isEqualTo("超出每日充值上限 2000.00 元，今日还可充值 540.00 元");
    }

    @Test
    void refusesMoreRequestsThanAPersonMakes() {
        var refused = new HashSet<String>();
        int answered = 0;
        for (int i = 0; i < 5 * Limits.REQUESTS_OF_A_USER && refused.size() < 2; i++) {
            String path = i % 2 == 0 ? "/api/user/amount" : "/api/user/wechat/pay";
            var answer = request(path, Map.of("amount", 10, "payment_method", "none"), null, token(user, ""));
            String code = body(answer).path("code").asString();
            if (code.equals("TOO_MANY_REQUESTS")) {
                answer.expectStatus().isEqualTo(429).expectHeader().valueEquals("Retry-After", "1");
                refused.add(path);
            } else {
                assertThat(code).isEqualTo("METHOD_UNKNOWN");
                answered++;
            }
        }

        assertThat(refused).hasSize(2);
        assertThat((long) answered).isGreaterThanOrEqualTo(Limits.REQUESTS_OF_A_USER);
        user = nextUser++;
        pay(10, null);
    }

    @Test
    void showsEachStepOnTheStreamOnceAndResumesWhereThePageWas() {
        String number = pay(10, null).path("data").path("order_id").asString();
        var events = new ArrayList<ServerSentEvent<JsonNode>>();
        var subscription = stream(number, null).subscribe(events::add);
        await().atMost(SOON).until(() -> events.size() >= 2);

        creditByLog(number, 7300);

        await().atMost(SOON).until(() -> events.size() >= 4);
        subscription.dispose();
        assertThat(events.stream().map(OrderApiIT::status)).containsExactly("NEW", "AWAITING_PAYMENT", "PAID", "CREDITED");
        assertThat(events.get(2).data().path("transaction_id").asString()).isEqualTo("X-" + number);
        assertThat(events.get(3).data().path("late").asBoolean()).isFalse();
        assertThat(stream(number, "2").take(2).map(OrderApiIT::status).collectList().block(SOON)).containsExactly("PAID", "CREDITED");
        assertThat(get("/api/user/quota").path("data").path("quota").asLong()).isEqualTo(5_000_000);
    }

    /// The provider is asked sooner while somebody looks.
    @Test
    void tellsWhenSomebodyLooksAtAnOrderThatIsNotPaidAndOnlyThen() {
        String open = pay(10, null).path("data").path("order_id").asString();
        String credited = pay(10, null).path("data").path("order_id").asString();
        creditByLog(credited, 7300);
        await().atMost(SOON).until(() -> get("/api/user/topup/" + credited).path("data").path("status").asString().equals("CREDITED"));
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

    private static List<PageOpen> watched() {
        return records("sluice.watch").stream().map(record -> EventCodec.readPage(record).orElseThrow()).toList();
    }

    @Test
    void listsAndFindsOnesOwnOrdersOnly() {
        String older = pay(10, null).path("data").path("order_id").asString();
        String newer = pay(20, null).path("data").path("order_id").asString();
        long owner = user;

        JsonNode page = get("/api/user/topup/self?p=1&page_size=1").path("data");
        assertThat(page.path("total").asInt()).isEqualTo(2);
        assertThat(page.path("items").get(0).path("order_id").asString()).isEqualTo(newer);
        assertThat(get("/api/user/topup/self?keyword=" + older.substring(10)).path("data").path("items").get(0).path("order_id").asString())
                .isEqualTo(older);
        assertThat(get("/api/user/topup/self?keyword=%25").path("data").path("total").asInt()).as("% is a character").isZero();

        user = nextUser++;
        assertThat(get("/api/user/topup/self").path("data").path("total").asInt()).isZero();
        for (String path : List.of("", "/qr.svg", "/events")) {
            http.get().uri("/api/user/topup/" + older + path).headers(h -> h.setBearerAuth(token(user, ""))).exchange().expectStatus()
                    .isNotFound();
        }
        http.get().uri("/api/user/topup/" + older + "/qr.svg").headers(h -> h.setBearerAuth(token(owner, ""))).exchange().expectStatus()
                .isOk().expectHeader().contentType("image/svg+xml");
    }

    @ParameterizedTest
    @CsvSource({"p=0", "page_size=0", "page_size=101", "p=x"})
    void refusesAPageThatIsNone(String query) {
        http.get().uri("/api/user/topup/self?" + query).headers(h -> h.setBearerAuth(token(user, ""))).exchange().expectStatus()
                .isBadRequest();
    }

    @Test
    void saysWhatThereIsToBuy() {
        JsonNode info = get("/api/user/topup/info").path("data");

        assertThat(info.path("enable_wechat_topup").asBoolean()).isTrue();
        assertThat(info.path("enable_alipay_topup").asBoolean()).isTrue();
        assertThat(info.path("wechat_min_topup").asInt()).isEqualTo(2);
        assertThat(info.path("pay_methods").get(0).path("type").asString()).isEqualTo("wechat");
        assertThat(info.path("pay_methods").get(0).path("min_topup").asInt()).isEqualTo(2);
        assertThat(info.path("price").decimalValue()).isEqualByComparingTo("7.3");
    }

    @Test
    void pricesByTheGroupInTheToken() {
        Map<String, Object> asked = Map.of("amount", 10, "payment_method", "wechat");
        assertThat(body(request("/api/user/amount", asked, null, token(user, ""))).path("data").asString()).isEqualTo("73.00");
        assertThat(body(request("/api/user/amount", asked, null, token(user, "vip"))).path("data").asString()).isEqualTo("36.50");
    }

    @Test
    void refusesInTheCallersLanguageWithTheSameCode() {
        JsonNode chinese = post("/api/user/wechat/pay", Map.of("amount", 1, "payment_method", "wechat"), null, 200);
        assertThat(chinese.path("message").asString()).isEqualTo("error");
        assertThat(chinese.path("data").asString()).isEqualTo("充值数量不能小于 2");
        assertThat(chinese.path("code").asString()).isEqualTo("AMOUNT_BELOW_MINIMUM");
        var english = http.post().uri("/api/user/wechat/pay").headers(h -> h.setBearerAuth(token(user, "")))
                .header("Accept-Language", "en-GB,en;q=0.9").contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"amount\":1,\"payment_method\":\"wechat\"}").exchange();
        assertThat(body(english).path("data").asString()).isEqualTo("The amount must be at least 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{\"amount\":1.5,\"payment_method\":\"wechat\"}|400|MALFORMED|amount",
            "{\"amount\":\"10\",\"payment_method\":\"wechat\"}|400|MALFORMED|amount",
            "{\"amount\":10.0,\"payment_method\":\"wechat\"}|400|MALFORMED|amount",
            "{\"amount\":null,\"payment_method\":\"wechat\"}|400|MALFORMED|amount", "{\"payment_method\":\"wechat\"}|400|MALFORMED|amount",
            "{\"amount\":10}|400|MALFORMED|payment_method", "{\"amount\":10,\"amount\":11,\"payment_method\":\"wechat\"}|400|MALFORMED|",
            "{\"amount\":10,\"payment_method\":\"wechat\",\"coupon\":\"x\"}|400|MALFORMED|coupon",
            "{\"amount\":9007199254740993,\"payment_method\":\"wechat\"}|200|AMOUNT_TOO_LARGE|",
            "{\"amount\":99999999999999999999,\"payment_method\":\"wechat\"}|400|MALFORMED|",
            "{\"amount\":0,\"payment_method\":\"wechat\"}|200|AMOUNT_BELOW_MINIMUM|2",
            "{\"amount\":-10,\"payment_method\":\"wechat\"}|200|AMOUNT_BELOW_MINIMUM|2",
            "{\"amount\":10,\"payment_method\":\"paypal\"}|200|METHOD_UNKNOWN|",
            "{\"amount\":10,\"payment_method\":\"alipay\"}|200|METHOD_UNKNOWN|", "{|400|MALFORMED|", "[]|400|MALFORMED|",
            "``|400|MALFORMED|", "null|400|MALFORMED|", "{\"a\":DEEP|400|MALFORMED|"})
    void badInputGetsAClearAnswer(String json, int status, String code, @Nullable String named) {
        String body = json.replace("DEEP", "[".repeat(3000));

        JsonNode answer = postRaw(body, MediaType.APPLICATION_JSON, status);

        assertThat(answer.path("code").asString()).isEqualTo(code);
        assertThat(answer.path("data").asString()).contains(named == null ? "" : named).doesNotContain("Exception")
                .doesNotContain("dev.sluice").doesNotContain("tools.jackson");
        assertThat(get("/api/user/topup/self").path("data").path("total").asInt()).as("no order came of it").isZero();
    }

    @Test
    void refusesWhatIsTooLargeOrNotJson() {
        assertThat(postRaw("{\"amount\":10,\"payment_method\":\"" + "x".repeat(20_000) + "\"}", MediaType.APPLICATION_JSON, 413)
                .path("code").asString()).isEqualTo("BODY_TOO_LARGE");
        assertThat(postRaw("<xml/>", MediaType.APPLICATION_XML, 415).path("code").asString()).isEqualTo("MEDIA_TYPE_UNSUPPORTED");
        assertThat(postRaw("amount=10", MediaType.APPLICATION_FORM_URLENCODED, 415).path("code").asString())
                .isEqualTo("MEDIA_TYPE_UNSUPPORTED");
        assertThat(post("/api/user/wechat/pay", Map.of("amount", 10, "payment_method", "wechat"), "k".repeat(129), 400).path("code")
                .asString()).isEqualTo("MALFORMED");
    }

    @Test
    void knowsItsUsersByTheirTokensOnly() throws Exception {
        var claims = new JWTClaimsSet.Builder().subject("7").expirationTime(Date.from(Instant.now().plusSeconds(600)));
        var expired = new JWTClaimsSet.Builder().subject("7").expirationTime(Date.from(Instant.now().minusSeconds(600)));
        var endless = new JWTClaimsSet.Builder().subject("7");
        var nobody = new JWTClaimsSet.Builder().subject("admin").expirationTime(Date.from(Instant.now().plusSeconds(600)));
        for (String token : List.of("", "rubbish", new PlainJWT(claims.build()).serialize(),
                sign(claims.build(), "another-secret-of-another-product-entirely"), sign(expired.build(), SECRET),
                sign(endless.build(), SECRET), sign(nobody.build(), SECRET))) {
            http.get().uri("/api/user/quota").header("Authorization", "Bearer " + token).exchange().expectStatus().isUnauthorized()
                    .expectBody().jsonPath("$.code").isEqualTo("UNAUTHENTICATED");
        }
        http.get().uri("/api/user/quota").exchange().expectStatus().isUnauthorized();
        http.get().uri("/api/user/quota").header("Authorization", "Bearer " + sign(claims.build(), SECRET)).exchange().expectStatus()
                .isOk();
        http.get().uri("/api/secret").header("Authorization", "Bearer " + sign(claims.build(), SECRET)).exchange().expectStatus()
                .isForbidden();
    }

    /// jackson-dataformat-xml on the class path must not answer a browser's `Accept` with status 500.
    @Test
    void answersABrowserWithJson() {
        for (String path : List.of("/api/user/quota", "/api/user/topup/info")) {
            http.get().uri(path).headers(h -> h.setBearerAuth(token(user, "")))
                    .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8").exchange()
                    .expectStatus().isOk().expectHeader().contentTypeCompatibleWith(MediaType.APPLICATION_JSON);
        }
    }

    /// It would be a refusal of what was done all the same.
    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "garbage", "image/png"})
    void anOrderThatIsPlacedIsToldWhateverTheCallerAccepts(String accepted) {
        JsonNode answer = body(http.post().uri("/api/user/wechat/pay").headers(h -> h.setBearerAuth(token(user, "")))
                .header("Accept", accepted).contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"amount\":10,\"payment_method\":\"wechat\"}")
                .exchange().expectStatus().isOk().expectHeader().contentTypeCompatibleWith(MediaType.APPLICATION_JSON));

        assertThat(answer.path("message").asString()).isEqualTo("success");
    }

    @Test
    void showsOperatorsThatItLives() {
        for (String path : List.of("/livez", "/readyz", "/metrics")) {
            http.get().uri(path).exchange().expectStatus().isOk();
        }
    }

    /// G4 for the orders: the rows are a view of the log, but for what only the making of a code needs.
    @Test
    void rebuildsAnOrderFromTheLog() {
        String number = pay(10, null).path("data").path("order_id").asString();
        creditByLog(number, 7300);
        await().atMost(SOON).until(() -> get("/api/user/topup/" + number).path("data").path("status").asString().equals("CREDITED"));
        JsonNode before = get("/api/user/topup/" + number);
        var jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        jdbc.sql("delete from orders.topup where trade_no = ?").param(number).update();
        for (String view : List.of("progress", "credit", "hold")) {
            jdbc.sql("delete from orders." + view + " where trade_no = ?").param(number).update();
        }

        // What a replay from offset zero brings, in its order.
        var listener = app.getBean(OrderProgressListener.class);
        listener.onRecords(records("sluice.events").stream().filter(record -> number.equals(record.key())).toList());

        assertThat(get("/api/user/topup/" + number)).isEqualTo(before);
    }

    private void creditByLog(String number, long fen) {
        var tradeNumber = new TradeNumber(number);
        var transactionId = new TransactionId("X-" + number);
        log.append(new PaymentConfirmed(tradeNumber, Provider.WECHAT, new Merchant("wx0000000000000001", "1900000001"), transactionId,
                Money.ofFen(fen),
                Instant.parse("2026-11-22T08:00:00Z"),
                ConfirmationSource.NOTIFICATION, new Evidence("N", "0".repeat(64))));
        log.append(
                new QuotaCredited(tradeNumber, transactionId, new UserId(user), new Quota(5_000_000), new Quota(5_000_000),
                        UUID.randomUUID(), false, false));
    }

    private reactor.core.publisher.Flux<ServerSentEvent<JsonNode>> stream(String number, @Nullable String lastEventId) {
        return http.get().uri("/api/user/topup/" + number + "/events").headers(headers -> {
            headers.setBearerAuth(token(user, ""));
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

    private JsonNode pay(long amount, @Nullable String key) {
        return post("/api/user/wechat/pay", Map.of("amount", amount, "payment_method", "wechat"), key, 200);
    }

    private JsonNode post(String path, Map<String, Object> body, @Nullable String key, int status) {
        return body(request(path, body, key, token(user, "")).expectStatus().isEqualTo(status));
    }

    private JsonNode postRaw(String body, MediaType type, int status) {
        return body(http.post().uri("/api/user/wechat/pay").headers(h -> h.setBearerAuth(token(user, ""))).contentType(type).bodyValue(body)
                .exchange().expectStatus().isEqualTo(status));
    }

    private static WebTestClient.ResponseSpec request(String path, Map<String, Object> body, @Nullable String key, String token) {
        return http.post().uri(path).headers(headers -> {
            headers.setBearerAuth(token);
            if (key != null) {
                headers.set("Idempotency-Key", key);
            }
        }).contentType(MediaType.APPLICATION_JSON).bodyValue(JsonMapper.shared().writeValueAsString(body)).exchange();
    }

    private JsonNode get(String path) {
        return body(http.get().uri(java.net.URI.create(base() + path)).headers(h -> h.setBearerAuth(token(user, ""))).exchange()
                .expectStatus().isOk());
    }

    private static String base() {
        return "http://127.0.0.1:" + app.getEnvironment().getProperty("local.server.port");
    }

    private static JsonNode body(WebTestClient.ResponseSpec response) {
        byte[] body = response.expectBody().returnResult().getResponseBody();
        return JsonMapper.shared().readTree(Objects.requireNonNull(body));
    }

    private static String token(long user, String group) {
        var claims = new JWTClaimsSet.Builder().subject(Long.toString(user)).claim("group", group)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        return sign(claims.build(), SECRET);
    }

    private static String sign(JWTClaimsSet claims, String secret) {
        try {
            var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            jwt.sign(new MACSigner(secret));
            return jwt.serialize();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<OrderCreated> created(String number) {
        return records("sluice.events").stream().filter(record -> number.equals(record.key())).map(EventCodec::read)
                .<OrderCreated>mapMulti((reading, out) -> {
                    if (reading instanceof Reading.Fact fact && fact.event() instanceof OrderCreated created) {
                        out.accept(created);
                    }
                }).toList();
    }

    private static List<org.apache.kafka.clients.consumer.ConsumerRecord<String, byte[]>> records(String topic) {
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            var all = new ArrayList<org.apache.kafka.clients.consumer.ConsumerRecord<String, byte[]>>();
            while (all.size() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }
}
