package dev.sluice.order.timeline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class ShownEntryTest {
    private static final String SIGNATURE = "0123456789ABCDEF";
    private static final TimelineEntry.Kept KEPT = new TimelineEntry.Kept(Instant.EPOCH, "dev.sluice.Notification.v1", "notify-gateway",
            false, 0, "{}");

    /// In the forms of all providers, whole and cut off. What is about the payment is shown.
    @ParameterizedTest
    @ValueSource(strings = {"<xml><sign><![CDATA[0123456789ABCDEF]]></sign><attach>a&amp;b</attach></xml>",
            "<attach>a&amp;b</attach><sign>0123456789ABCDEF",
            "sign=0123456789ABCDEF&subject=a&amp;b", "subject=a&amp;b&%73ign=0123456789ABCDEF", "a&amp;b{\"sign\": \"0123456789ABCDEF\"}"})
    void showsNoSignatureOfANotification(String body) {
        var notification = Notification.whole("N", Providers.WECHAT, Instant.EPOCH, "/", "127.0.0.1", Map.<String, List<String>>of(),
                body.getBytes(StandardCharsets.UTF_8), "", NotificationVerdict.UNCLEAR, "");

        String shown = ShownEntry.of(new TimelineEntry.OfNotification(KEPT, notification)).data().path("body").asString();

        assertThat(shown).isEqualTo(body.replace("<![CDATA[0123456789ABCDEF]]>", "•••").replace(SIGNATURE, "•••"));
    }

    /// A refund notification of WeChat Pay has no signature: what decrypts is genuine, so its text can be sent again, whole or cut.
    @ParameterizedTest
    @ValueSource(strings = {"<xml><req_info><![CDATA[0123456789ABCDEF]]></req_info><attach>a&amp;b</attach></xml>",
            "<attach>a&amp;b</attach><req_info>0123456789ABCDEF", "req_info=0123456789ABCDEF&subject=a&amp;b",
            "a&amp;b{\"req_info\": \"0123456789ABCDEF\"}", "<sign>0123456789ABCDEF</sign><req_info>0123456789ABCDEF</req_info>"})
    void showsNoRefundThatCanBeSentAgain(String body) {
        showsNoSignatureOfANotification(body);
    }

    /// Some providers sign by headers.
    @Test
    void showsNoSignatureOfAPaymentsEvidence() {
        PaymentConfirmed any = Facts.payment("T", "X", 100, "a=1&sign=" + SIGNATURE);
        var payment = new PaymentConfirmed(any.tradeNumber(), any.provider(), any.merchant(), any.transactionId(), any.money(),
                any.refunded(),
                any.paidAt(), any.paidAtBasis(), any.source(), new Evidence(Instant.EPOCH,
                        Map.of("tally-signature", List.of(SIGNATURE), "content-type", List.of("text/xml")), any.evidence().body()));
        String json = JsonMapper.shared().writeValueAsString(payment);
        var kept = new TimelineEntry.Kept(Instant.EPOCH, "dev.sluice.PaymentConfirmed.v1", "notify-gateway", false, 0, json);

        var shown = ShownEntry.of(new TimelineEntry.OfFact(kept, payment)).data();

        assertThat(shown.toString()).doesNotContain(SIGNATURE).contains("text/xml", "a=1&sign=•••");
    }
}
