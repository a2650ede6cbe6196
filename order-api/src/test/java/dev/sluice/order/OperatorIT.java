package dev.sluice.order;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.ConfirmationSource;
import dev.sluice.event.DisplayType;
import dev.sluice.event.EventLog;
import dev.sluice.event.Evidence;
import dev.sluice.event.HoldReason;
import dev.sluice.event.Merchant;
import dev.sluice.event.Money;
import dev.sluice.event.Notice;
import dev.sluice.event.NoticeVerdict;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.Provider;
import dev.sluice.event.ProviderAnswer;
import dev.sluice.event.Quota;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.Quote;
import dev.sluice.event.Scene;
import dev.sluice.event.TradeNumber;
import dev.sluice.event.TransactionId;
import dev.sluice.event.UserId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What operators see, on a real Kafka and a real PostgreSQL: all of it comes from the log.
class OperatorIT {
    private static final String SECRET = "a-secret-of-the-product-with-its-users";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant T0 = Instant.parse("2026-11-22T08:00:00Z");
    private static final Merchant MERCHANT = new Merchant("wx1", "1900000001");
    private static final EmbeddedKafkaBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);

    @TempDir
    private static Path folder;
    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext app;
    private static WebTestClient http;
    private static EventLog log;

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

    @ParameterizedTest
    @ValueSource(strings = {"/api/topup", "/api/topup/T/timeline"})
    void usersMayNotLook(String path) {
        assertThat(get(path, token(null), 403).path("code").asString()).isEqualTo("FORBIDDEN");
        assertThat(get(path, token("user"), 403).path("code").asString()).isEqualTo("FORBIDDEN");
        http.get().uri(path).exchange().expectStatus().isUnauthorized();
    }

    @Test
    void tellsTheWholeStoryOfAnOrderInOrder() {
        OrderCreated order = order("STORY", 7, T0, 7300);
        log.append(order);
        await().atMost(SOON).until(() -> get("/api/topup?text=STORY", 200).path("data").path("items").size() == 1);
        log.append(notice("N1", NoticeVerdict.FORGED, "wrong sign", "STORY"));
        log.append(answer("A1", ProviderAnswer.Finding.UNPAID, "STORY"));
        PaymentConfirmed payment = payment("STORY", "X-STORY", 7300);
        log.append(notice("N2", NoticeVerdict.PAID, "", "STORY"), payment);
        log.append(notice("N3", NoticeVerdict.PAID, "", "STORY"), payment);
        log.append(credited("STORY", "X-STORY", 7));

        await().atMost(SOON).until(() -> timeline("STORY").size() == 8);

        List<String> kinds = timeline("STORY").valueStream().map(entry -> entry.path("kind").asString()).toList();
        assertThat(kinds).containsExactlyInAnyOrder("OrderCreated", "Notice", "ProviderAnswer", "Notice", "PaymentConfirmed", "Notice",
                "PaymentConfirmed", "QuotaCredited");
        List<Instant> times = timeline("STORY").valueStream().map(entry -> Instant.parse(entry.path("at").asString())).toList();
        assertThat(times).isSorted();
        assertThat(of("STORY", "Notice").stream().map(entry -> entry.path("data").path("verdict").asString() + " "
                + entry.path("data").path("reason").asString())).containsExactlyInAnyOrder("FORGED wrong sign", "PAID ", "PAID ");
        assertThat(of("STORY", "Notice")).allSatisfy(entry -> assertThat(entry.path("data").path("body").asString()).contains("STORY"));
        assertThat(of("STORY", "PaymentConfirmed").stream().map(entry -> entry.path("repeated").asBoolean())).containsExactly(false, true);
        assertThat(of("STORY", "ProviderAnswer")).singleElement()
                .satisfies(entry -> assertThat(entry.path("data").path("finding").asString()).isEqualTo("UNPAID"));
        JsonNode credit = of("STORY", "QuotaCredited").getFirst();
        assertThat(credit.path("data").path("balance").asLong()).isEqualTo(7);
        assertThat(credit.path("source").asString()).isEqualTo("/sluice/test");
        JsonNode all = get("/api/topup/STORY/timeline", 200).path("data");
        assertThat(all.path("status").asString()).isEqualTo("CREDITED");
        assertThat(all.path("story").asString()).isEqualTo("73.00 元：已入账 7 额度给用户 7");
        assertThat(english("/api/topup/STORY/timeline").path("data").path("story").asString())
                .isEqualTo("73.00 yuan: became 7 quota of user 7");
    }

    @Test
    void saysWhyMoneyIsHeldAlsoForANumberWeNeverIssued() {
        log.append(order("HELD", 7, T0, 7300));
        log.append(payment("HELD", "X-HELD", 7299));
        log.append(held("HELD", "X-HELD", HoldReason.AMOUNT_MISMATCH));
        log.append(payment("STRANGE", "X-STRANGE", 5));
        log.append(held("STRANGE", "X-STRANGE", HoldReason.UNKNOWN_ORDER));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(get("/api/topup/HELD/timeline", 200).path("data").path("story").asString()).contains("AMOUNT_MISMATCH");
            assertThat(timeline("STRANGE").size()).isEqualTo(2);
        });
        assertThat(english("/api/topup/STRANGE/timeline").path("data").path("story").asString()).startsWith("We never issued");
        assertThat(get("/api/topup/NOBODY/timeline", 404).path("code").asString()).isEqualTo("NOT_FOUND");
    }

    /// Whoever floods us with forgeries about made-up numbers fills no table.
    @Test
    void keepsNoForgeriesAboutOrdersThatThereAreNot() {
        log.append(notice("F1", NoticeVerdict.FORGED, "no sign", "MADE-UP"));
        log.append(notice("F2", NoticeVerdict.UNCLEAR, "what?", "MADE-UP"));

        await().atMost(SOON).until(() -> !timelineIfAny("MADE-UP").isEmpty());

        assertThat(timelineIfAny("MADE-UP")).singleElement()
                .satisfies(entry -> assertThat(entry.path("data").path("id").asString()).isEqualTo("F2"));
    }

    /// A user knows the number of an order, and can send as many forgeries about it as they like.
    @Test
    void showsOnlySomeForgeriesAndHidesNothingTrueBehindThem() {
        log.append(order("FLOOD", 7, T0, 7300));
        await().atMost(SOON).until(() -> !numbers("text=FLOOD").isEmpty());
        for (int i = 0; i < Limits.FORGERIES_OF_AN_ORDER + 10; i++) {
            log.append(notice("FLOOD-" + i, NoticeVerdict.FORGED, "wrong sign", "FLOOD"));
        }
        log.append(notice("TRUE", NoticeVerdict.PAID, "", "FLOOD"), payment("FLOOD", "X-FLOOD", 7300));
        log.append(credited("FLOOD", "X-FLOOD", 7));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(of("FLOOD", "QuotaCredited")).hasSize(1);
            assertThat(of("FLOOD", "Notice").stream().map(entry -> entry.path("data").path("id").asString())).contains("TRUE")
                    .hasSize(Limits.FORGERIES_OF_AN_ORDER + 1);
        });
    }

    @Test
    void listsNewestFirstPageByPageNarrowedToWhatIsLookedFor() {
        List<OrderCreated> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            all.add(order("LIST-%02d".formatted(i), 100 + i % 2, T0.plusSeconds(1000 + i / 2), 1000 + i));
        }
        log.append(all);
        log.append(payment("LIST-03", "4200-03", 1003));
        log.append(credited("LIST-03", "4200-03", 101));
        await().atMost(SOON).until(() -> numbers("text=LIST-&page_size=100").size() == 25 && numbers("text=4200-").size() == 1);

        List<String> paged = new ArrayList<>();
        String after = "";
        for (int page = 0; page < 3; page++) {
            JsonNode data = get("/api/topup?text=LIST-&page_size=10" + after, 200).path("data");
            data.path("items").forEach(item -> paged.add(item.path("order_id").asString()));
            after = "&after=" + data.path("next").asString("");
        }
        assertThat(after).as("there is no next page").isEqualTo("&after=");
        assertThat(paged).isEqualTo(all.reversed().stream().map(order -> order.tradeNumber().value()).toList());
        assertThat(numbers("text=4200-0")).containsExactly("LIST-03");
        assertThat(numbers("text=LIST-&user=101&page_size=100")).hasSize(12).allMatch(number -> number.matches("LIST-\\d[13579]"));
        assertThat(numbers("text=LIST-&status=CREDITED")).containsExactly("LIST-03");
        assertThat(numbers("text=LIST-&payment_method=alipay")).isEmpty();
        assertThat(numbers("text=LIST-&least_money=10.05&most_money=10.06")).containsExactly("LIST-06", "LIST-05");
        assertThat(numbers("text=LIST-&from=" + T0.plusSeconds(1001) + "&until=" + T0.plusSeconds(1002))).containsExactly("LIST-03",
                "LIST-02");
        assertThat(numbers("text=LIS_")).as("no pattern of the caller's").isEmpty();
    }

    @Test
    void asksForALongerTextWhenTooManyOrdersBeginWithIt() {
        log.append(order("MANY-0", 7, T0, 7300));
        await().atMost(SOON).until(() -> numbers("text=MANY-").size() == 1);
        JdbcClient.create(postgres.getPostgresDatabase())
                .sql("""
                        insert into orders.topup
                        select (jsonb_populate_record(t, jsonb_build_object('trade_no', 'MANY-' || i, 'idempotency_key', 'MANY-' || i,
                            'transaction_id', 'T-MANY-' || i))).*
                        from orders.topup t, generate_series(1, ?) i where t.trade_no = 'MANY-0'""")
                .param(Limits.ORDERS_OF_A_TEXT - 1).update();
        assertThat(numbers("text=MANY-&page_size=100")).hasSize(100);

        log.append(order("MANY-X", 8, T0, 7300));

        await().atMost(SOON).untilAsserted(() -> assertThat(get("/api/topup?text=MANY-&user=8", 400).path("data").asString())
                .contains("text: more than 2000 orders begin with it"));
        assertThat(numbers("text=MANY-X")).containsExactly("MANY-X");
        assertThat(numbers("text=T-MANY-1999")).containsExactly("MANY-1999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text=\0", "page_size=0", "page_size=101", "page_size=x", "status=DONE", "user=me", "from=today",
            "least_money=1.001",
            "payment_method=cash", "after=xyz", "after=eA"})
    void saysWhichPartOfAQuestionIsWrong(String query) {
        JsonNode answer = get("/api/topup?" + query, 400);

        assertThat(answer.path("code").asString()).isEqualTo("MALFORMED");
        assertThat(answer.path("data").asString()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void hasTheProviderAskedOnceForEachActAndSaysWhoAndWhy() {
        log.append(order("CHECK", 7, T0, 7300));
        await().atMost(SOON).until(() -> !numbers("text=CHECK").isEmpty());

        assertThat(check("CHECK", "the payer sent a screenshot", "act-1").path("success").asBoolean()).isTrue();
        await().atMost(SOON).until(() -> of("CHECK", "CheckRequested").size() == 1);
        assertThat(check("CHECK", "the payer sent a screenshot", "act-1").path("success").asBoolean()).as("asked for again").isTrue();
        assertThat(check("CHECK", "another reason", "act-1").path("code").asString()).isEqualTo("IDEMPOTENCY_CONFLICT");
        check("CHECK", "and called\0", "act-2");

        await().atMost(SOON).until(() -> of("CHECK", "CheckRequested").size() == 2);
        List<JsonNode> acts = of("CHECK", "CheckRequested");
        assertThat(acts.getLast().path("data").path("reason").asString()).as("a NUL hides nothing").isEqualTo("and called\uFFFD");
        assertThat(acts.getFirst().path("data").path("actor").asLong()).isEqualTo(1);
        assertThat(acts.getFirst().path("data").path("reason").asString()).isEqualTo("the payer sent a screenshot");
        assertThat(acts.getFirst().path("data").path("merchant").path("merchantId").asString()).isEqualTo(MERCHANT.merchantId());
    }

    @Test
    void refusesToAskWhereItDoesNotApplyOrNobodySaysWhy() {
        log.append(order("DONE", 7, T0, 7300));
        log.append(payment("DONE", "X-DONE", 7300));
        log.append(credited("DONE", "X-DONE", 7));
        await().atMost(SOON).until(() -> !numbers("text=DONE&status=CREDITED").isEmpty());

        assertThat(check("DONE", "why not", null).path("code").asString()).isEqualTo("CHECK_NOT_NEEDED");
        assertThat(check("NOBODY", "why not", null).path("code").asString()).isEqualTo("NOT_FOUND");
        assertThat(check("DONE", " ", null).path("code").asString()).isEqualTo("MALFORMED");
        assertThat(check("DONE", "x".repeat(501), null).path("code").asString()).isEqualTo("MALFORMED");
        assertThat(check("DONE", "why not", "k".repeat(129)).path("code").asString()).isEqualTo("MALFORMED");
        assertThat(read(http.post().uri("/api/topup/DONE/check").header("Authorization", "Bearer " + token("user"))
                .contentType(MediaType.APPLICATION_JSON).bodyValue("{\"reason\":\"mine\"}").exchange()).path("code").asString())
                .isEqualTo("FORBIDDEN");
    }

    private static JsonNode check(String number, String reason, @Nullable String key) {
        return read(http.post().uri("/api/topup/" + number + "/check").header("Authorization", "Bearer " + token("admin"))
                .headers(headers -> {
                    if (key != null) {
                        headers.set("Idempotency-Key", key);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON).bodyValue(JsonMapper.shared().writeValueAsString(Map.of("reason", reason)))
                .exchange());
    }

    private static List<String> numbers(String query) {
        return get("/api/topup?" + query, 200).path("data").path("items").valueStream().map(item -> item.path("order_id").asString())
                .toList();
    }

    private static JsonNode timeline(String number) {
        return get("/api/topup/" + number + "/timeline", 200).path("data").path("entries");
    }

    private static List<JsonNode> timelineIfAny(String number) {
        return app.getBean(Timeline.class).of(number).stream().map(entry -> JsonMapper.shared().<JsonNode>valueToTree(entry)).toList();
    }

    private static List<JsonNode> of(String number, String kind) {
        return timeline(number).valueStream().filter(entry -> entry.path("kind").asString().equals(kind)).toList();
    }

    private static OrderCreated order(String number, long user, Instant at, long fen) {
        return new OrderCreated(new TradeNumber(number), new UserId(user), Provider.WECHAT, MERCHANT, Scene.NATIVE, Money.ofFen(fen),
                new Quota(7), new Quote(10, DisplayType.USD, 1, new BigDecimal("7.3"), BigDecimal.ONE, BigDecimal.ONE), "top up", at,
                at.plusSeconds(1800));
    }

    private static PaymentConfirmed payment(String number, String transaction, long fen) {
        return new PaymentConfirmed(new TradeNumber(number), Provider.WECHAT, MERCHANT, new TransactionId(transaction), Money.ofFen(fen),
                T0, ConfirmationSource.NOTIFICATION, Evidence.of("N2", new byte[0]));
    }

    private static PaymentHeld held(String number, String transaction, HoldReason reason) {
        return new PaymentHeld(new TradeNumber(number), Provider.WECHAT, new TransactionId(transaction), Money.ofFen(1), reason);
    }

    private static QuotaCredited credited(String number, String transaction, long user) {
        return new QuotaCredited(new TradeNumber(number), new TransactionId(transaction), new UserId(user), new Quota(7), new Quota(7),
                UUID.randomUUID(), false, false);
    }

    private static Notice notice(String id, NoticeVerdict verdict, String reason, String number) {
        byte[] body = ("<xml><out_trade_no><![CDATA[" + number + "]]></out_trade_no></xml>").getBytes(StandardCharsets.UTF_8);
        return new Notice(id, Provider.WECHAT, Instant.now(), "/api/wechat/notify", "203.0.113.9", Map.of(), body, verdict, reason);
    }

    private static ProviderAnswer answer(String id, ProviderAnswer.Finding finding, String number) {
        return new ProviderAnswer(id, Provider.WECHAT, new TradeNumber(number), ProviderAnswer.Question.QUERY, Instant.now(), Instant.now(),
                "<xml/>".getBytes(StandardCharsets.UTF_8), finding, "NOTPAY");
    }

    private static JsonNode get(String path, int status) {
        return get(path, token("admin"), status);
    }

    private static JsonNode get(String path, String token, int status) {
        return read(http.get().uri(path).header("Authorization", "Bearer " + token).exchange().expectStatus().isEqualTo(status));
    }

    private static JsonNode english(String path) {
        return read(http.get().uri(path).header("Authorization", "Bearer " + token("admin")).header("Accept-Language", "en").exchange());
    }

    private static JsonNode read(WebTestClient.ResponseSpec answer) {
        return JsonMapper.shared().readTree(answer.expectBody().returnResult().getResponseBodyContent());
    }

    private static String token(String role) {
        var claims = new JWTClaimsSet.Builder().subject("1").claim("role", role)
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
