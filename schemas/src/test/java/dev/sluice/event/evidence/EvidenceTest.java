package dev.sluice.event.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// Evidence is kept as it was received.
class EvidenceTest {
    private static final Instant AT = Instant.parse("2026-11-22T08:01:03.500Z");
    /// Not text in any encoding that we know.
    private static final byte[] BYTES = {0, (byte) 0xff, (byte) 0xfe, '\r', '\n', (byte) 0xc3, 0x28};

    @Test
    void anAnswerHasNoHeadersThatItsSignatureDependsOn() {
        Evidence evidence = Evidence.ofAnswer(AT, BYTES);

        assertThat(evidence.headers()).isEmpty();
        assertThat(evidence.receivedAt()).isEqualTo(AT);
        assertThat(evidence.body()).isEqualTo(BYTES);
    }

    @Test
    void aNotificationKeepsItsHeadersByNameWithEachOfTheirValues() {
        var evidence = new Evidence(AT, Map.of("content-type", List.of("text/xml", "text/plain")), BYTES);

        assertThat(evidence.headers()).containsEntry("content-type", List.of("text/xml", "text/plain"));
    }

    @Test
    void anAnswerSaysWhatWasAskedAndWhatItMeans() {
        var answer = new ProviderAnswer("01JD8X2V9Y4Q6R8T0W2Z4B6D8F", Providers.WECHAT, new TradeNumber("T"),
                ProviderAnswer.Question.REFUNDS, AT, AT.plusSeconds(1), BYTES, ProviderAnswer.Meaning.REFUNDED, "13.00 CNY");

        assertThat(answer.body()).isEqualTo(BYTES);
        assertThat(answer.question()).isEqualTo(ProviderAnswer.Question.REFUNDS);
        assertThat(answer.meaning()).isEqualTo(ProviderAnswer.Meaning.REFUNDED);
    }

    /// The bodies of payers are in it: a log line that prints a record by mistake must not have them.
    @Test
    void theBytesAreNotPartOfItsText() {
        String secret = "openid-of-a-payer";
        byte[] body = secret.getBytes(StandardCharsets.UTF_8);
        var notification = new Notification("N", Providers.WECHAT, AT, "/api/wechat/notify", "192.0.2.1", Map.of(), body, body.length,
                "0".repeat(64), "N", NotificationVerdict.UNCLEAR, "");

        assertThat(Stream.of(Evidence.ofAnswer(AT, body), notification).map(Object::toString)).noneMatch(text -> text.contains(secret));
    }
}
