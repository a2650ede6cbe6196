package dev.sluice.order;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.CloseReason;
import dev.sluice.event.ConfirmationSource;
import dev.sluice.event.DisplayType;
import dev.sluice.event.EventCodec;
import dev.sluice.event.EventLog;
import dev.sluice.event.Evidence;
import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.LatePayment;
import dev.sluice.event.Merchant;
import dev.sluice.event.Money;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.Provider;
import dev.sluice.event.Quota;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.Quote;
import dev.sluice.event.Resolution;
import dev.sluice.event.Scene;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.TradeNumber;
import dev.sluice.event.TransactionId;
import dev.sluice.event.UserId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What operators do, on a real Kafka and a real PostgreSQL. The worker's and the reconciler's words are told by the tests.
class ActsIT {
    private static final String SECRET = "a-secret-of-the-product-with-its-users";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant T0 = Instant.parse("2026-11-22T08:00:00Z");
    private static final Merchant MERCHANT = new Merchant("wx1", "1900000001");
    private static final long OPERATOR = 1;
    private static final EmbeddedKafkaBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);

    @TempDir
    private static Path folder;
    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext app;
    private static WebTestClient http;
    private static EventLog log;

    private static int number;
    private String trade = "";
    private long user;

    @BeforeAll
    static void start() throws Exception {
        KAFKA.afterPropertiesSet();
        postgres = EmbeddedPostgres.start();
        app = OrderApi.application().run("--server.port=0", "--SLUICE_KAFKA=" + KAFKA.getBrokersAsString(),
                "--SLUICE_POSTGRES=" + postgres.getJdbcUrl("postgres", "postgres"), "--spring.datasource.username=postgres",
                "--SLUICE_JWT_SECRET=" + SECRET, "--SLUICE_SETTINGS=" + Files.writeString(folder.resolve("settings.json"), "{}"));
        http = WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + app.getEnvironment().getProperty("local.server.port"))
                .responseTimeout(Duration.ofSeconds(20)).build();
        log = EventLog.connect(KAFKA.getBrokersAsString(), "test", Clock.systemUTC());
    }

    @AfterAll
    static void stop() throws Exception {
        log.close();
        app.close();
        postgres.close();
        KAFKA.destroy();
    }

    @BeforeEach
    void nextNumber() {
        number++;
        trade = "ACT-" + number;
        user = 1000L + number;
    }

    @Test
    void releasesAPaymentToTheOrdersUserForAsMuchAsWasPaid() {
        ordered();
        held("A", Money.ofFen(7299), HoldReason.AMOUNT_MISMATCH);

        JsonNode answer = resolve(Map.of("resolution", "credit", "reason", "the payer\0 called"), "k");

        assertThat(answer.path("data")).isEqualTo(json("""
                {"order_id":"%s","payment_method":"wechat","transaction_id":"A%d","resolution":"credit","user_id":%d,"quota":4999315}"""
                .formatted(trade, number, user)));
        assertThat(view().path("status").asString()).as("it is the worker's to credit").isEqualTo("HELD");
        released("A", user, 4_999_315);
        await().atMost(SOON).until(() -> view().path("status").asString().equals("CREDITED"));
        assertThat(view().path("quota").asLong()).isEqualTo(4_999_315);
        assertThat(quotaOf(user)).isEqualTo(4_999_315);
        assertThat(story())
                .isEqualTo("Order of 73.00 yuan; payment A%d of 72.99 CNY was released by operator 1: became 4999315 quota of user %d"
                        .formatted(number, user));
        assertThat(of("HoldResolved")).singleElement().satisfies(act -> {
            assertThat(act.path("data").path("actor").asLong()).isEqualTo(OPERATOR);
            assertThat(act.path("data").path("reason").asString()).isEqualTo("the payer\uFFFD called");
        });
    }

    @Test
    void theFullPriceGivesTheOrdersQuotaAndDoubleGivesDouble() {
        ordered();
        held("A", Money.ofFen(7300), HoldReason.LATE_PAYMENT);
        held("B", Money.ofFen(14_600), HoldReason.AMOUNT_MISMATCH);

        assertThat(resolve(Map.of("resolution", "credit", "reason", "r", "transaction_id", "A" + number), null).path("data").path("quota")
                .asLong()).isEqualTo(5_000_000);
        assertThat(resolve(Map.of("resolution", "credit", "reason", "only this one is open"), null).path("data").path("quota").asLong())
                .isEqualTo(10_000_000);
    }

    /// The owner must not read that the quota is there.
    @Test
    void creditsSomebodyElseAndTellsTheOwnerTheTruth() {
        ordered();
        held("A", Money.ofFen(1), HoldReason.AMOUNT_MISMATCH);
        resolve(Map.of("resolution", "credit", "reason", "it was theirs", "user_id", 77_000 + number, "quota", 500), "k");
        released("A", 77_000 + number, 500);

        await().atMost(SOON).until(() -> view().path("status").asString().equals("CREDITED"));

        assertThat(view().path("quota").asLong()).isZero();
        assertThat(quotaOf(user)).isZero();
        assertThat(quotaOf(77_000 + number)).isEqualTo(500);
        credited("B", user, 5_000_000);
        await().atMost(SOON).until(() -> view().path("quota").asLong() == 5_000_000);
        assertThat(view().path("transaction_id").asString()).isEqualTo("B" + number);
        assertThat(quotaOf(user)).isEqualTo(5_000_000);
    }

    @Test
    void marksADuplicateForRefundAndSaysSoBesideTheCredit() {
        ordered();
        paid("A", Money.ofFen(7300));
        credited("A", user, 5_000_000);
        held("B", Money.ofFen(7300), HoldReason.DUPLICATE_PAYMENT);
        assertThat(story()).endsWith("payment B%d of 73.00 CNY arrived and is held for a person to decide, because of DUPLICATE_PAYMENT"
                .formatted(number));

        assertThat(resolve(Map.of("resolution", "refund", "reason", "paid twice"), null).path("data").path("resolution").asString())
                .isEqualTo("refund");

        await().atMost(SOON).untilAsserted(() -> assertThat(story()).isEqualTo(
                "73.00 yuan: became 5000000 quota of user %d; payment B%d of 73.00 CNY is held, and marked for refund by operator 1"
                        .formatted(user, number)));
        assertThat(view().path("quota").asLong()).isEqualTo(5_000_000);
    }

    @Test
    void moneyForANumberThatWeNeverIssuedNeedsToBeToldWhose() {
        held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);

        assertThat(code(resolve(Map.of("resolution", "credit", "reason", "r"), "k"))).isEqualTo("CREDIT_NEEDS_USER_AND_QUOTA");
        assertThat(code(resolve(Map.of("resolution", "credit", "reason", "r", "user_id", 7), "k")))
                .isEqualTo("CREDIT_NEEDS_USER_AND_QUOTA");
        assertThat(resolve(Map.of("resolution", "credit", "reason", "r", "user_id", user, "quota", 3), "k").path("success").asBoolean())
                .isTrue();
        released("A", user, 3);

        await().atMost(SOON).until(() -> quotaOf(user) == 3);
        assertThat(story()).startsWith("We never issued this number; payment A" + number).endsWith("became 3 quota of user " + user);
    }

    @Test
    void theSameActAgainHasTheSameAnswerAndAnotherOneIsRefused() {
        ordered();
        held("A", Money.ofFen(7300), HoldReason.LATE_PAYMENT);
        Map<String, Object> body = Map.of("resolution", "credit", "reason", "r");

        JsonNode first = resolve(body, "k");
        assertThat(resolve(body, "k")).isEqualTo(first);
        await().atMost(SOON).until(() -> !of("HoldResolved").isEmpty());
        assertThat(resolve(body, "k")).as("also when the log has come back").isEqualTo(first);

        assertThat(code(resolve(Map.of("resolution", "refund", "reason", "r"), "k"))).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(code(resolve(Map.of("resolution", "credit", "reason", "other"), "k"))).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(code(resolve(Map.of("resolution", "credit", "reason", "r", "transaction_id", "B"), "k")))
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        JsonNode other = resolve(Map.of("resolution", "refund", "reason", "r"), "l");
        assertThat(code(other)).isEqualTo("HOLD_RESOLVED");
        assertThat(other.path("data").asString()).contains("1", "credit user_id=" + user + " quota=5000000");
        assertThat(of("HoldResolved").stream().filter(act -> !act.path("repeated").asBoolean())).hasSize(1);
    }

    @Test
    void withoutAKeyTheSameDecisionIsTheSameAct() {
        held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);

        JsonNode first = resolve(Map.of("resolution", "refund", "reason", "r"), null);

        assertThat(first.path("success").asBoolean()).isTrue();
        assertThat(resolve(Map.of("resolution", "refund", "reason", "r"), null)).isEqualTo(first);
        assertThat(code(resolve(Map.of("resolution", "refund", "reason", "other"), null))).isEqualTo("HOLD_RESOLVED");
    }

    @Test
    void oneKeyDecidesAboutOnePayment() {
        held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);
        held("B", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);

        assertThat(code(resolve(Map.of("resolution", "refund", "reason", "r"), "k"))).isEqualTo("HOLD_AMBIGUOUS");
        resolve(Map.of("resolution", "refund", "reason", "r", "transaction_id", "A" + number), "k");

        assertThat(code(resolve(Map.of("resolution", "refund", "reason", "r", "transaction_id", "B" + number), "k")))
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(resolve(Map.of("resolution", "refund", "reason", "r", "transaction_id", "B" + number), "l").path("success").asBoolean())
                .isTrue();
    }

    @Test
    void ofManyAtOnceOneIsToldYes() throws Exception {
        held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);

        List<String> codes = new ArrayList<>();
        try (var operators = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String key = "k" + i;
                all.add(() -> code(resolve(Map.of("resolution", "refund", "reason", "r"), key)));
            }
            for (var answer : operators.invokeAll(all)) {
                codes.add(answer.get());
            }
        }

        assertThat(codes).filteredOn(String::isEmpty).hasSize(1);
        assertThat(codes).filteredOn(code -> !code.isEmpty()).hasSize(7).containsOnly("HOLD_RESOLVED");
    }

    /// The process died, or the log was away, after the row was written.
    @ParameterizedTest
    @CsvSource({"k, true", "l, false"})
    void aDecisionThatTheLogNeverHeardOfIsToldByWhoeverComesNext(String key, boolean same) {
        held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);
        app.getBean(Holds.class).claim(new HoldResolved(new TradeNumber(trade), Provider.WECHAT, new TransactionId("A" + number),
                new Resolution.Refund(), new UserId(OPERATOR), "r", "k"));
        assertThat(story()).as("it does not count yet").contains("held for a person to decide");

        JsonNode answer = resolve(Map.of("resolution", "refund", "reason", "r"), key);

        assertThat(answer.path("success").asBoolean()).isEqualTo(same);
        await().atMost(SOON).until(() -> of("HoldResolved").size() == 1);
        assertThat(of("HoldResolved").getFirst().path("data").path("key").asString()).isEqualTo("k");
    }

    @Test
    void whatTheLogSaysCountsOverAClaim() {
        held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);
        var first = new HoldResolved(new TradeNumber(trade), Provider.WECHAT, new TransactionId("A" + number),
                new Resolution.Credit(new UserId(7), new Quota(3)), new UserId(2), "r", "first");
        app.getBean(Holds.class).claim(new HoldResolved(new TradeNumber(trade), Provider.WECHAT, new TransactionId("A" + number),
                new Resolution.Refund(), new UserId(OPERATOR), "r", "claimed"));

        log.append(first);
        log.append(new HoldResolved(first.tradeNumber(), first.provider(), first.transactionId(), new Resolution.Refund(), new UserId(3),
                "r", "second"));

        await().atMost(SOON).until(() -> of("HoldResolved").size() == 2);
        assertThat(app.getBean(Holds.class).of(trade)).singleElement().satisfies(hold -> assertThat(hold.decision()).contains(first));
        assertThat(story()).endsWith("was released by operator 2: 3 quota is on its way to user 7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"MALFORMED|{`resolution`:`keep`}", "MALFORMED|{`reason`:` `}",
            "MALFORMED|{`reason`:null}", "MALFORMED|{`quota`:0}", "MALFORMED|{`quota`:1.5}", "MALFORMED|{`quota`:`1`}",
            "MALFORMED|{`quota`:9007199254740993}", "MALFORMED|{`user_id`:0}", "MALFORMED|{`user_id`:-1}", "MALFORMED|{`mood`:1}",
            "MALFORMED|{`transaction_id`:`?`}", "NOT_FOUND|{`transaction_id`:`other`}", "MALFORMED|{`resolution`:`refund`,`quota`:1}",
            "CREDIT_NEEDS_USER_AND_QUOTA|{`transaction_id`:`HK%d`}", "CREDIT_NEEDS_USER_AND_QUOTA|{`transaction_id`:`NONE%d`}"})
    void saysWhatIsWrongWithADecision(String code, String change) {
        ordered();
        held("A", Money.ofFen(7300), HoldReason.LATE_PAYMENT);
        held("HK", new Money(7300, Currency.getInstance("HKD")), HoldReason.AMOUNT_MISMATCH);
        held("NONE", Money.ofFen(0), HoldReason.AMOUNT_MISMATCH);
        Map<String, Object> body = new HashMap<>(Map.of("resolution", "credit", "reason", "r", "transaction_id", "A" + number));
        json(change.replace('`', '"').formatted(number)).properties()
                .forEach(field -> body.put(field.getKey(), JsonMapper.shared().treeToValue(field.getValue(), Object.class)));

        assertThat(code(resolve(body, "k"))).isEqualTo(code);

        assertThat(app.getBean(Holds.class).of(trade)).allSatisfy(hold -> assertThat(hold.decision()).isEmpty());
    }

    @Test
    void cancelsAnUnpaidOrderAndAnotherOneNot() {
        ordered();
        assertThat(cancel("no code came", "k").path("success").asBoolean()).isTrue();
        await().atMost(SOON).until(() -> of("CancelRequested").size() == 1);
        assertThat(of("OrderCreated")).as("nobody can end what the log has not heard of").hasSize(2);

        assertThat(cancel("no code came", "k").path("success").asBoolean()).isTrue();
        assertThat(code(cancel("another reason", "k"))).isEqualTo("IDEMPOTENCY_CONFLICT");
        log.append(new OrderClosed(new TradeNumber(trade), CloseReason.CANCELLED, LatePayment.CREDIT));
        await().atMost(SOON).until(() -> view().path("status").asString().equals("CLOSED"));

        assertThat(story()).isEqualTo("73.00 yuan: the order was cancelled by operator 1, no money came");
        assertThat(cancel("no code came", "k").path("success").asBoolean()).as("the same act, the same answer").isTrue();
        JsonNode refused = cancel("no code came", "l");
        assertThat(code(refused)).isEqualTo("CANCEL_NOT_POSSIBLE");
        assertThat(refused.path("data").asString()).contains("CLOSED");
        paid("A", Money.ofFen(7300));
        assertThat(cancel("paid", "m").path("data").asString()).contains("PAID");
        assertThat(of("CancelRequested")).hasSize(1);
    }

    @Test
    void cancelsAnOrderWhoseCodeIsOut() {
        ordered();
        app.getBean(OrderMoves.class).awaitPayment(new TradeNumber(trade), "weixin://pay");

        assertThat(cancel("the payer wants another amount", null).path("success").asBoolean()).isTrue();

        await().atMost(SOON).until(() -> of("CancelRequested").size() == 1);
        assertThat(of("OrderCreated")).hasSize(1);
    }

    @Test
    void actsNeedAnOperatorAnOrderAndAReason() {
        assertThat(code(cancel("why", null))).isEqualTo("NOT_FOUND");
        assertThat(code(resolve(Map.of("resolution", "refund", "reason", "why"), null))).isEqualTo("NOT_FOUND");
        ordered();
        assertThat(code(cancel(" ", null))).isEqualTo("MALFORMED");
        assertThat(code(cancel("why", "k".repeat(129)))).isEqualTo("MALFORMED");
        assertThat(code(resolve(Map.of("resolution", "refund", "reason", "why"), "k".repeat(129)))).isEqualTo("MALFORMED");
        for (String act : List.of("cancel", "resolve", "check")) {
            assertThat(code(post(act, Map.of("reason", "mine"), null, token(user, "user")))).isEqualTo("FORBIDDEN");
        }
    }

    private void ordered() {
        log.append(new OrderCreated(new TradeNumber(trade), new UserId(user), Provider.WECHAT, MERCHANT, Scene.NATIVE, Money.ofFen(7300),
                new Quota(5_000_000), new Quote(10, DisplayType.USD, 500_000, new BigDecimal("7.3"), BigDecimal.ONE, BigDecimal.ONE),
                "top up", T0, T0.plusSeconds(1800)));
        await().atMost(SOON).until(() -> view().path("status").asString().equals("NEW"));
    }

    private void paid(String transaction, Money money) {
        tell(new PaymentConfirmed(new TradeNumber(trade), Provider.WECHAT, MERCHANT, new TransactionId(transaction + number), money,
                T0, ConfirmationSource.NOTIFICATION, Evidence.of("N", new byte[0])));
    }

    private void held(String transaction, Money money, HoldReason reason) {
        paid(transaction, money);
        tell(new PaymentHeld(new TradeNumber(trade), Provider.WECHAT, new TransactionId(transaction + number), money, reason));
    }

    private void credited(String transaction, long to, long quota) {
        tell(new QuotaCredited(new TradeNumber(trade), new TransactionId(transaction + number), new UserId(to), new Quota(quota),
                new Quota(quota), UUID.randomUUID(), false, false));
    }

    private void released(String transaction, long to, long quota) {
        tell(new QuotaCredited(new TradeNumber(trade), new TransactionId(transaction + number), new UserId(to), new Quota(quota),
                new Quota(quota), UUID.randomUUID(), false, true));
    }

    /// Tells the log, and waits until the orders know.
    private static void tell(TopUpEvent event) {
        log.append(event);
        Timeline timeline = app.getBean(Timeline.class);
        await().atMost(SOON).until(() -> timeline.find(event.tradeNumber().value(), EventCodec.idOf(event)).isPresent());
    }

    private JsonNode resolve(Map<String, ?> body, @Nullable String key) {
        return post("resolve", body, key, token(OPERATOR, "admin"));
    }

    private JsonNode cancel(String reason, @Nullable String key) {
        return post("cancel", Map.of("reason", reason), key, token(OPERATOR, "admin"));
    }

    private JsonNode post(String act, Map<String, ?> body, @Nullable String key, String token) {
        return read(http.post().uri("/api/topup/" + trade + "/" + act).header("Authorization", "Bearer " + token)
                .header("Accept-Language", "en").headers(headers -> {
                    if (key != null) {
                        headers.set("Idempotency-Key", key);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON).bodyValue(JsonMapper.shared().writeValueAsString(body)).exchange());
    }

    private static String code(JsonNode answer) {
        return answer.path("code").asString("");
    }

    private JsonNode view() {
        return get("/api/user/topup/" + trade, token(user, "user")).path("data");
    }

    private static long quotaOf(long user) {
        return get("/api/user/quota", token(user, "user")).path("data").path("quota").asLong();
    }

    private String story() {
        return get("/api/topup/" + trade + "/timeline", token(OPERATOR, "admin")).path("data").path("story").asString();
    }

    private List<JsonNode> of(String kind) {
        return get("/api/topup/" + trade + "/timeline", token(OPERATOR, "admin")).path("data").path("entries").valueStream()
                .filter(entry -> entry.path("kind").asString().equals(kind)).toList();
    }

    private static JsonNode get(String path, String token) {
        return read(http.get().uri(path).header("Authorization", "Bearer " + token).header("Accept-Language", "en").exchange());
    }

    private static JsonNode read(WebTestClient.ResponseSpec answer) {
        return JsonMapper.shared().readTree(answer.expectBody().returnResult().getResponseBodyContent());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static String token(long user, String role) {
        var claims = new JWTClaimsSet.Builder().subject(Long.toString(user)).claim("role", role)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        try {
            var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
            jwt.sign(new MACSigner(SECRET));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
