package dev.sluice.notify;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.log.Topic;
import dev.sluice.provider.notification.NotificationProbe;
import dev.sluice.testing.WrittenLog;

import static dev.sluice.notify.RunningGateway.channel;
import static dev.sluice.notify.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

/// The whole gateway on a real Kafka.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotifyGatewayIT {
    private static final String SUCCESS = "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";
    private static final String FAILURE = "<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[NOT ACCEPTED]]></return_msg></xml>";
    private static RunningGateway gateway;
    private static int number;
    private String trade;
    private ReceivedReply told;

    @BeforeAll
    static void start() throws Exception {
        gateway = RunningGateway.start(ReceivedReply.settings());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void anotherTrade() {
        trade = "TRADE-" + number++;
        told = new ReceivedReply(trade);
    }

    /// `WechatEnabled` is false here: switching a method off stops new orders, never the money that was already paid.
    @Test
    void repliesSuccessWhenThePaymentIsInTheLogWithItsEvidence() throws Exception {
        String body = told.wechat();

        assertThat(gateway.wechat(body)).isEqualTo(SUCCESS);

        assertThat(payments()).singleElement().satisfies(payment -> {
            assertThat(payment.money()).isEqualTo(Money.ofFen(100));
            assertThat(payment.transactionId()).hasToString("4200-" + trade);
            assertThat(payment.evidence().body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
            assertThat(payment.evidence().headers()).containsOnlyKeys("content-type");
        });
        assertThat(gateway.notifications(Topic.NOTIFICATIONS)).as("one append for each payment")
                .noneMatch(notice -> text(notice).contains(trade));
    }

    @Test
    void appendsAPaymentOnceHoweverOftenItIsNotified() throws Exception {
        String body = told.wechat();
        for (int i = 0; i < 5; i++) {
            assertThat(gateway.post("/api/wechat/webhook", MediaType.TEXT_XML, body)).isEqualTo(SUCCESS);
        }

        assertThat(payments()).hasSize(1);
    }

    @Test
    void keepsAForgedNoticeAndBelievesNothingOfIt() throws Exception {
        String forged = told.wechat().replace("<total_fee><![CDATA[100]]>", "<total_fee><![CDATA[1]]>");

        assertThat(gateway.wechat(forged)).isEqualTo(FAILURE);

        assertThat(gateway.notifications(Topic.FORGERIES)).anySatisfy(notice -> {
            assertThat(text(notice)).isEqualTo(forged);
            assertThat(notice.verdict()).isEqualTo(NotificationVerdict.FORGED);
            assertThat(notice.reason()).isEqualTo("wrong sign");
        });
        assertThat(payments()).isEmpty();
    }

    @Test
    void keepsWhereANoticeCameFromAsAProxyOfOursSaysIt() throws Exception {
        String forged = told.wechat().replace("<total_fee><![CDATA[100]]>", "<total_fee><![CDATA[1]]>");
        assertThat(gateway.wechatFrom("10.1.1.1, 203.0.113.9", forged)).isEqualTo(FAILURE);

        assertThat(gateway.notifications(Topic.FORGERIES)).filteredOn(notice -> text(notice).contains(trade))
                .extracting(Notification::remoteAddress)
                .containsExactly("203.0.113.9");
    }

    @Test
    void aFloodOfForgeriesFillsNoTopicAndKeepsNoTrueNoticeOut() throws Exception {
        String forged = told.wechat().replace("<total_fee><![CDATA[100]]>", "<total_fee><![CDATA[1]]>") + " ".repeat(60_000);
        int sent = 700;
        try (var threads = Executors.newFixedThreadPool(40)) {
            var flood = IntStream.range(0, sent).mapToObj(_ -> threads.submit(() -> gateway.wechatFrom("203.0.113.66", forged))).toList();
            assertThat(gateway.wechatFrom("203.0.113.66", told.wechat())).as("true, in the middle of it, and from the same address")
                    .isEqualTo(SUCCESS);
            for (var each : flood) {
                assertThat(each.get()).isEqualTo(FAILURE);
            }
        }
        assertThat(gateway.wechatFrom("203.0.113.66", told.wechat())).isEqualTo(SUCCESS);

        List<Notification> kept = gateway.notifications(Topic.FORGERIES).stream()
                .filter(each -> each.remoteAddress().equals("203.0.113.66")).toList();
        assertThat(payments()).hasSize(1);
        double notKept = gateway.bean(MeterRegistry.class).get("sluice.notifications").tag("verdict", "forged_not_kept").counter().count();
        assertThat(kept.size() + notKept).isEqualTo(sent);
        assertThat(notKept).isPositive();
        assertThat(kept.stream().mapToLong(ReceivedNotification::bytes).sum()).isLessThan(Limits.FORGED_BYTES_OF_AN_ADDRESS * 11 / 10);
        long written = gateway.written().records(Topic.FORGERIES).stream().filter(record -> text(WrittenLog.notification(record)
                .orElseThrow()).contains(trade)).mapToLong(RunningGateway::size).sum();
        assertThat(written).as("measured").isLessThanOrEqualTo(kept.stream().mapToLong(ReceivedNotification::bytes).sum());
        assertThat(gateway.wechatFrom("203.0.113.67", forged)).isEqualTo(FAILURE);
        assertThat(gateway.notifications(Topic.FORGERIES)).as("of another address")
                .anyMatch(notice -> notice.remoteAddress().equals("203.0.113.67"));
    }

    @Test
    void saysSuccessToANoticeThatIsNotAPayment() throws Exception {
        assertThat(gateway.wechat(told.wechat(Map.of("result_code", "FAIL")))).isEqualTo(SUCCESS);

        assertThat(gateway.notifications(Topic.NOTIFICATIONS)).anySatisfy(notice -> {
            assertThat(text(notice)).contains(trade);
            assertThat(notice.verdict()).isEqualTo(NotificationVerdict.NOT_A_PAYMENT);
        });
        assertThat(payments()).isEmpty();
    }

    @Test
    void keepsHostileInputAndAnswersIt() {
        List<String> hostile = List.of(
                "<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><xml><a>&x;1900000001 " + trade + "</a></xml>",
                "<!DOCTYPE xml [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><xml><a>&b;</a></xml>" + trade, "{}" + trade,
                "\u0000\u0001" + trade, "<xml>" + trade + "1900000001" + "<a>".repeat(5000),
                trade + "1900000001" + "x".repeat(100_000));
        for (String each : hostile) {
            assertThat(gateway.wechat(each)).isEqualTo(FAILURE);
        }
        assertThat(gateway.wechat("")).isEqualTo(FAILURE);

        List<String> kept = gateway.notifications(Topic.FORGERIES).stream().filter(notice -> text(notice).contains(trade))
                .map(RunningGateway::text).toList();
        assertThat(kept).containsExactlyInAnyOrderElementsOf(
                hostile.stream().map(each -> each.substring(0, Math.min(each.length(), Limits.EXCERPT_BYTES))).toList());
        assertThat(gateway.notifications(Topic.FORGERIES)).anySatisfy(notice -> assertThat(notice.reason()).isEqualTo("has a DOCTYPE"));
        assertThat(gateway.notifications(Topic.FORGERIES))
                .anySatisfy(notice -> assertThat(notice.reason()).isEqualTo("longer than 16384 bytes"));
    }

    @Test
    void believesAlipaysSignatureAndNothingElse() throws Exception {
        String good = told.alipay();

        assertThat(gateway.alipay(good)).isEqualTo("success");
        assertThat(payments()).singleElement().satisfies(payment -> assertThat(payment.money()).isEqualTo(Money.ofFen(100)));
        for (String bad : List.of(told.alipay("RSA", "SHA1withRSA"), good.replace("total_amount=1.00", "total_amount=9.00"),
                good.replaceAll("&sign=[^&]*", ""), good.replaceAll("&sign=[^&]*", "&sign="),
                good + "&total_amount=1.00", "%zz=" + trade, "just text " + trade, good + "&x=" + "y".repeat(70_000))) {
            assertThat(gateway.alipay(bad)).as(bad.substring(0, Math.min(bad.length(), 40))).isEqualTo("fail");
        }
        assertThat(payments()).hasSize(1);
        assertThat(gateway.notifications(Topic.FORGERIES).stream().filter(notice -> text(notice).contains(trade)))
                .as("nothing lost").hasSize(8);
    }

    @Test
    void aSignedNoticeThatCannotBeUnderstoodIsToldApart() throws Exception {
        assertThat(gateway.wechat(told.wechat(Map.of("time_end", "yesterday")))).isEqualTo(FAILURE);

        assertThat(gateway.notifications(Topic.NOTIFICATIONS)).anySatisfy(notice -> {
            assertThat(text(notice)).contains(trade);
            assertThat(notice.verdict()).isEqualTo(NotificationVerdict.UNCLEAR);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void answersOurOwnProbeAndKeepsNothingOfIt(Provider provider) {
        var probe = NotificationProbe.of(provider, channel(provider).notifications(), RunningGateway.PROBE_KEY);

        byte[] answer = gateway.send(probe);

        assertThat(probe.isAnswered(200, answer)).isTrue();
        assertThat(gateway.notifications(Topic.NOTIFICATIONS)).noneSatisfy(notice -> assertThat(notice.body()).isEqualTo(probe.body()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void aProbeByAnotherKeyIsAForgeryLikeAnyOther(Provider provider) {
        var probe = NotificationProbe.of(provider, channel(provider).notifications(), new byte[32]);

        byte[] answer = gateway.send(probe);

        assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo(channel(provider).notifications().failure().body());
        assertThat(gateway.notifications(Topic.FORGERIES)).anySatisfy(notice -> {
            assertThat(notice.body()).isEqualTo(probe.body());
            assertThat(notice.verdict()).isEqualTo(NotificationVerdict.FORGED);
        });
    }

    /// What is signed is kept once, however often it comes.
    @Test
    void appendsASignedNotificationOnceWhateverItIs() throws Exception {
        for (Map<String, String> differently : List.of(Map.of("result_code", "FAIL"), Map.of("time_end", "yesterday"))) {
            for (int i = 0; i < 3; i++) {
                gateway.wechat(told.wechat(differently) + " ".repeat(i));
            }
        }

        assertThat(gateway.notifications(Topic.NOTIFICATIONS).stream().filter(notice -> text(notice).contains(trade))).hasSize(2)
                .allSatisfy(notice -> assertThat(notice.tradeNumber()).isEqualTo(trade));
    }

    /// Without `result_code` it may be about money: the reconciler reads it and asks at once, and the provider repeats it.
    @Test
    void aSignedNotificationWithoutItsResultIsUnclear() throws Exception {
        assertThat(gateway.wechat(told.wechat(Map.of("result_code", "")))).isEqualTo(FAILURE);

        assertThat(gateway.notifications(Topic.NOTIFICATIONS)).filteredOn(notice -> text(notice).contains(trade)).singleElement()
                .satisfies(notice -> assertThat(notice.verdict()).isEqualTo(NotificationVerdict.UNCLEAR));
    }

    @Test
    void aProviderThatIsNoneOfOursHasNoNotifyUrl() {
        gateway.http().post().uri("/api/stripe/notify").bodyValue("x").exchange().expectStatus().isNotFound();
        gateway.http().post().uri("/api/No-Code/notify").bodyValue("x").exchange().expectStatus().isNotFound();
    }

    /// Runs last: without a broker nothing else here would work.
    @Test
    @Order(Integer.MAX_VALUE)
    void neverSaysSuccessWhenTheLogIsAway() throws Exception {
        String body = told.wechat();
        assertThat(gateway.wechat(body)).isEqualTo(SUCCESS);

        gateway.endKafka();

        assertThat(gateway.wechat(body)).as("it is in the log").isEqualTo(SUCCESS);
        assertThat(gateway.wechat(new ReceivedReply("TRADE-AWAY").wechat())).isEqualTo(FAILURE);
    }

    @Test
    void tellsTheMetricsWhetherItKnowsWhatIsSet() {
        assertThat(gateway.bean(MeterRegistry.class).get("sluice.settings.there").gauge().value()).isEqualTo(1);
    }

    @Test
    void answersABrowserWithJsonAndOtherMethodsWithAStatus() {
        gateway.management().get().uri("/readyz").header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .exchange()
                .expectStatus().isOk();
        gateway.http().get().uri("/api/wechat/notify").header("Accept", "text/html,application/xml;q=0.9,*/*;q=0.8").exchange()
                .expectStatus()
                .isEqualTo(405);
    }

    private List<PaymentConfirmed> payments() {
        return gateway.written().events(trade, PaymentConfirmed.class);
    }
}
