package dev.sluice.notify;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.EventCodec;
import dev.sluice.event.Money;
import dev.sluice.event.Notice;
import dev.sluice.event.NoticeVerdict;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.Provider;
import dev.sluice.event.Reading;
import dev.sluice.provider.NoticeReply;
import dev.sluice.provider.NotifyProbe;
import dev.sluice.provider.Verdict;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/// The whole gateway on a real Kafka.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotifyGatewayIT {
    private static final String KEY = "192006250b4c09247ec02edce69f6a2d";
    private static final String SUCCESS = "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";
    private static final String FAILURE = "<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[NOT ACCEPTED]]></return_msg></xml>";
    private static final KeyPair ALIPAY = rsa();
    private static final String VERIFYING_KEY = "0123456789abcdef".repeat(4);
    private static final byte[] PROBE_KEY = Keyring.ofVerifyingKey(VERIFYING_KEY).probeKey().orElseThrow();
    private static final EmbeddedKafkaBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);

    @TempDir
    private static Path folder;
    private static ConfigurableApplicationContext app;
    private static WebTestClient http;
    private static int number;
    private String trade;

    @BeforeAll
    static void start() throws Exception {
        KAFKA.afterPropertiesSet();
        app = gateway();
        http = WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + app.getEnvironment().getProperty("local.server.port"))
                .responseTimeout(Duration.ofSeconds(20)).build();
    }

    private static ConfigurableApplicationContext gateway() throws Exception {
        Path settings = Files.writeString(folder.resolve("settings.json"),
                JsonMapper.shared().writeValueAsString(Map.of("WechatAppId", "wx0000000000000001", "WechatMchId", "1900000001",
                        "WechatApiV2Key", KEY, "WechatSignType", "MD5", "WechatEnabled", false, "AlipayAppId", "9021000000000001",
                        "AlipaySellerId",
                        "2088000000000001", "AlipayPublicKey", Base64.getEncoder().encodeToString(ALIPAY.getPublic().getEncoded()))));
        return NotifyGateway.application().run("--server.port=0", "--SLUICE_KAFKA=" + KAFKA.getBrokersAsString(),
                "--SLUICE_SETTINGS=" + settings, "--SLUICE_VERIFYING_KEY=" + VERIFYING_KEY, "--SLUICE_TRUSTED_PROXIES=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void anotherTrade() {
        trade = "TRADE-" + number++;
    }

    /// `WechatEnabled` is false here: switching a method off stops new orders, never the money that was already paid.
    @Test
    void saysSuccessWhenNoticeAndPaymentAreInTheLog() throws Exception {
        byte[] body = signed(notice()).getBytes(StandardCharsets.UTF_8);

        assertThat(post("/api/wechat/notify", body)).isEqualTo(SUCCESS);

        Notice kept = notices().stream().filter(notice -> text(notice).contains(trade)).findFirst().orElseThrow();
        assertThat(kept.body()).isEqualTo(body);
        assertThat(kept.verdict()).isEqualTo(NoticeVerdict.PAID);
        assertThat(kept.headers()).containsKey("content-type").doesNotContainKey("authorization");
        assertThat(payments()).singleElement().satisfies(payment -> {
            assertThat(payment.money()).isEqualTo(Money.ofFen(100));
            assertThat(payment.transactionId()).hasToString("4200-" + trade);
            assertThat(payment.evidence().noticeId()).isEqualTo(kept.id());
            assertThat(payment.evidence().bodySha256())
                    .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
        });
    }

    @Test
    void tellsTheSameFactHoweverOftenItIsTold() throws Exception {
        String body = signed(notice());
        for (int i = 0; i < 5; i++) {
            assertThat(post("/api/wechat/webhook", body.getBytes(StandardCharsets.UTF_8))).isEqualTo(SUCCESS);
        }

        assertThat(payments()).hasSize(5);
        assertThat(payments().stream().map(EventCodec::idOf).distinct()).hasSize(1);
    }

    @Test
    void keepsAForgedNoticeAndBelievesNothingOfIt() throws Exception {
        String forged = signed(notice()).replace("<total_fee><![CDATA[100]]>", "<total_fee><![CDATA[1]]>");

        assertThat(post("/api/wechat/notify", forged.getBytes(StandardCharsets.UTF_8))).isEqualTo(FAILURE);

        assertThat(notices()).anySatisfy(notice -> {
            assertThat(text(notice)).isEqualTo(forged);
            assertThat(notice.verdict()).isEqualTo(NoticeVerdict.FORGED);
            assertThat(notice.reason()).isEqualTo("wrong sign");
        });
        assertThat(payments()).isEmpty();
    }

    @Test
    void keepsWhereANoticeCameFromAsAProxyOfOursSaysIt() throws Exception {
        http.post().uri("/api/wechat/notify").contentType(MediaType.TEXT_XML).header("X-Forwarded-For", "10.1.1.1, 203.0.113.9")
                .bodyValue(signed(notice())).exchange().expectStatus().isOk().expectBody().xml(SUCCESS);

        assertThat(notices()).filteredOn(notice -> text(notice).contains(trade)).extracting(Notice::remoteAddress)
                .containsExactly("203.0.113.9");
    }

    @Test
    void aFloodOfForgeriesFillsNoTopicAndKeepsNoTrueNoticeOut() throws Exception {
        String forged = signed(notice()).replace("<total_fee><![CDATA[100]]>", "<total_fee><![CDATA[1]]>");
        Instant started = Instant.now();
        int sent = 300;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var flood = IntStream.range(0, sent).mapToObj(_ -> threads.submit(() -> postFrom("203.0.113.66", forged))).toList();
            assertThat(postFrom("203.0.113.66", signed(notice()))).as("true, in the middle of it, and from the same address")
                    .isEqualTo(SUCCESS);
            for (var each : flood) {
                assertThat(each.get()).isEqualTo(FAILURE);
            }
        }
        assertThat(postFrom("203.0.113.66", signed(notice()))).isEqualTo(SUCCESS);

        List<NoticeVerdict> kept = notices().stream().filter(notice -> text(notice).contains(trade)).map(Notice::verdict).toList();
        assertThat(kept.stream().filter(verdict -> verdict == NoticeVerdict.PAID)).hasSize(2);
        long forgeries = kept.stream().filter(verdict -> verdict == NoticeVerdict.FORGED).count();
        assertThat(forgeries).isBetween(Limits.FORGERIES_OF_AN_ADDRESS,
                Limits.FORGERIES_OF_AN_ADDRESS + Duration.between(started, Instant.now()).toSeconds() + 1);
        assertThat(payments()).hasSize(2);
        assertThat(app.getBean(MeterRegistry.class).get("sluice.notices").tag("verdict", "forged_not_kept").counter().count())
                .isEqualTo((double) (sent - forgeries));
        assertThat(postFrom("203.0.113.67", forged)).isEqualTo(FAILURE);
        assertThat(notices()).as("of another address").anyMatch(notice -> notice.remoteAddress().equals("203.0.113.67"));
    }

    private static String postFrom(String address, String body) {
        return new String(Objects.requireNonNull(http.post().uri("/api/wechat/notify").contentType(MediaType.TEXT_XML)
                .header("X-Forwarded-For", address).bodyValue(body).exchange().expectStatus().isOk().expectBody().returnResult()
                .getResponseBody()), StandardCharsets.UTF_8);
    }

    @Test
    void saysSuccessToANoticeThatIsNotAPayment() throws Exception {
        Map<String, String> fields = notice();
        fields.put("result_code", "FAIL");

        assertThat(post("/api/wechat/notify", signed(fields).getBytes(StandardCharsets.UTF_8))).isEqualTo(SUCCESS);

        assertThat(notices()).anySatisfy(notice -> {
            assertThat(text(notice)).contains(trade);
            assertThat(notice.verdict()).isEqualTo(NoticeVerdict.NOTHING);
        });
        assertThat(payments()).isEmpty();
    }

    @Test
    void keepsHostileInputAndAnswersIt() {
        List<String> hostile = List.of("<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><xml><a>&x;" + trade + "</a></xml>",
                "<!DOCTYPE xml [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><xml><a>&b;</a></xml>" + trade, "{}" + trade,
                "\u0000\u0001" + trade, "<xml>" + "<a>".repeat(5000) + trade,
                trade + "x".repeat(100_000));
        for (String each : hostile) {
            assertThat(post("/api/wechat/notify", each.getBytes(StandardCharsets.UTF_8))).isEqualTo(FAILURE);
        }
        assertThat(post("/api/wechat/notify", new byte[0])).isEqualTo(FAILURE);

        List<String> kept = notices().stream().filter(notice -> text(notice).contains(trade)).map(NotifyGatewayIT::text).toList();
        assertThat(kept).containsExactlyInAnyOrderElementsOf(
                hostile.stream().map(each -> each.substring(0, Math.min(each.length(), Limits.BODY_BYTES))).toList());
        assertThat(notices()).anySatisfy(notice -> assertThat(notice.reason()).isEqualTo("has a DOCTYPE"));
        assertThat(notices()).anySatisfy(notice -> assertThat(notice.reason()).isEqualTo("longer than 65536 bytes"));
    }

    @Test
    void believesAlipaysSignatureAndNothingElse() throws Exception {
        String good = alipay("RSA2", "SHA256withRSA");

        assertThat(alipayNotify(good)).isEqualTo("success");
        assertThat(payments()).singleElement().satisfies(payment -> assertThat(payment.money()).isEqualTo(Money.ofFen(100)));
        for (String bad : List.of(alipay("RSA", "SHA1withRSA"), good.replace("total_amount=1.00", "total_amount=9.00"),
                good.replaceAll("&sign=[^&]*", ""), good.replaceAll("&sign=[^&]*", "&sign="),
                good + "&total_amount=1.00", "%zz=" + trade, "just text " + trade, good + "&x=" + "y".repeat(70_000))) {
            assertThat(alipayNotify(bad)).as(bad.substring(0, Math.min(bad.length(), 40))).isEqualTo("fail");
        }
        assertThat(payments()).hasSize(1);
        assertThat(notices().stream().filter(notice -> text(notice).contains(trade) && notice.verdict() == NoticeVerdict.FORGED))
                .as("nothing lost").hasSize(8);
    }

    @Test
    void aSignedNoticeThatCannotBeUnderstoodIsToldApart() throws Exception {
        Map<String, String> fields = notice();
        fields.put("time_end", "yesterday");

        assertThat(post("/api/wechat/notify", signed(fields).getBytes(StandardCharsets.UTF_8))).isEqualTo(FAILURE);

        assertThat(notices()).anySatisfy(notice -> {
            assertThat(text(notice)).contains(trade);
            assertThat(notice.verdict()).isEqualTo(NoticeVerdict.UNCLEAR);
        });
    }

    @Test
    void believesNothingOfAProviderWithoutAKey() {
        assertThat(Verifiers.from(Settings.none()).verify(Provider.ALIPAY, new byte[0], Instant.EPOCH)).isInstanceOfSatisfying(
                Verdict.Forged.class,
                forged -> assertThat(forged.why()).startsWith("no key"));
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void answersOurOwnProbeAndKeepsNothingOfIt(Provider provider) {
        var probe = NotifyProbe.of(provider, PROBE_KEY);

        byte[] answer = send(probe);

        assertThat(probe.isAnswered(200, answer)).isTrue();
        assertThat(notices()).noneSatisfy(notice -> assertThat(notice.body()).isEqualTo(probe.body()));
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void aProbeByAnotherKeyIsAForgeryLikeAnyOther(Provider provider) {
        var probe = NotifyProbe.of(provider, new byte[32]);

        byte[] answer = send(probe);

        assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo(NoticeReply.failure(provider).body());
        assertThat(notices()).anySatisfy(notice -> {
            assertThat(notice.body()).isEqualTo(probe.body());
            assertThat(notice.verdict()).isEqualTo(NoticeVerdict.FORGED);
        });
    }

    @Test
    void withoutAKeyThereIsNoProbe() {
        var probe = NotifyProbe.of(Provider.WECHAT, PROBE_KEY);

        assertThat(new ProbeKey(Keyring.ofVerifyingKey("").probeKey()).answer(Provider.WECHAT, probe.body())).isEmpty();
    }

    private static byte[] send(NotifyProbe probe) {
        return http.post().uri(probe.path()).header("Content-Type", probe.contentType()).bodyValue(probe.body()).exchange().expectStatus()
                .isOk().expectBody().returnResult().getResponseBody();
    }

    /// Runs last: without a broker nothing else here would work.
    @Test
    @Order(Integer.MAX_VALUE)
    void neverSaysSuccessWhenTheLogIsAway() throws Exception {
        byte[] body = signed(notice()).getBytes(StandardCharsets.UTF_8);
        assertThat(post("/api/wechat/notify", body)).isEqualTo(SUCCESS);

        KAFKA.destroy();

        assertThat(post("/api/wechat/notify", body)).isEqualTo(FAILURE);
    }

    @Test
    void answersABrowserWithJsonAndOtherMethodsWithAStatus() {
        http.get().uri("/readyz").header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8").exchange()
                .expectStatus().isOk();
        http.get().uri("/api/wechat/notify").header("Accept", "text/html,application/xml;q=0.9,*/*;q=0.8").exchange().expectStatus()
                .isEqualTo(405);
    }

    private String alipay(String type, String algorithm) throws Exception {
        Map<String, String> fields = new TreeMap<>(
                Map.of("app_id", "9021000000000001", "seller_id", "2088000000000001", "trade_status", "TRADE_SUCCESS",
                        "out_trade_no", trade, "trade_no", "2026" + number,
                        "total_amount", "1.00", "gmt_payment", "2026-11-22 16:00:00"));
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(ALIPAY.getPrivate());
        signature
                .update(fields.entrySet().stream().map(Object::toString).collect(Collectors.joining("&")).getBytes(StandardCharsets.UTF_8));
        fields.put("sign", Base64.getEncoder().encodeToString(signature.sign()));
        fields.put("sign_type", type);
        return fields.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String alipayNotify(String body) {
        return new String(Objects.requireNonNull(http.post().uri("/api/alipay/notify").contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue(body).exchange().expectStatus().isOk().expectBody()
                .returnResult().getResponseBody()), StandardCharsets.UTF_8);
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> notice() {
        return new TreeMap<>(
                Map.of("appid", "wx0000000000000001", "mch_id", "1900000001", "return_code", "SUCCESS", "result_code", "SUCCESS",
                        "out_trade_no", trade, "transaction_id", "4200-" + trade,
                        "total_fee", "100", "fee_type", "CNY", "time_end", "20261122160000"));
    }

    private static String signed(Map<String, String> fields) throws Exception {
        Map<String, String> sorted = new TreeMap<>(fields);
        var text = new StringBuilder();
        sorted.forEach((name, value) -> text.append(name).append('=').append(value).append('&'));
        byte[] digest = MessageDigest.getInstance("MD5")
                .digest(text.append("key=").append(KEY).toString().getBytes(StandardCharsets.UTF_8));
        sorted.put("sign", HexFormat.of().withUpperCase().formatHex(digest));
        var xml = new StringBuilder("<xml>");
        sorted.forEach(
                (name, value) -> xml.append('<').append(name).append("><![CDATA[").append(value).append("]]></").append(name).append('>'));
        return xml.append("</xml>").toString();
    }

    private static String post(String path, byte[] body) {
        return new String(http.post().uri(path).contentType(MediaType.TEXT_XML).header("Authorization", "Bearer x").bodyValue(body)
                .exchange().expectStatus().isOk().expectBody()
                .returnResult().getResponseBody(), StandardCharsets.UTF_8);
    }

    private static String text(Notice notice) {
        return new String(notice.body(), StandardCharsets.UTF_8);
    }

    private List<PaymentConfirmed> payments() {
        return read("sluice.events").stream().filter(record -> trade.equals(record.key())).map(EventCodec::read)
                .flatMap(reading -> reading instanceof Reading.Fact fact && fact.event() instanceof PaymentConfirmed payment
                        ? Stream.of(payment)
                        : Stream.empty())
                .toList();
    }

    private static List<Notice> notices() {
        return read("sluice.notifications").stream().map(record -> EventCodec.readNotice(record).orElseThrow()).toList();
    }

    private static List<ConsumerRecord<String, byte[]>> read(String topic) {
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
            while (all.size() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }
}
