package dev.sluice.event.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// How much of a message is kept, and by what it is recognised.
class NotificationTest {
    private static final Instant AT = Instant.parse("2026-11-22T08:01:03.500Z");
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
    /// FIPS 180-2, appendix B.1.
    private static final String SHA_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final int MOST_OF_AN_ANSWER = 65_536;

    @Test
    void aWholeOneKeepsEachByteWithItsLengthAndHash() {
        Notification whole = Notification.whole("N", Providers.WECHAT, AT, "/api/wechat/notify", "192.0.2.1",
                Map.of("content-type", List.of("text/xml")), ABC, "T", NotificationVerdict.UNCLEAR, "why");

        assertThat(whole.body()).isEqualTo(ABC);
        assertThat(whole.length()).isEqualTo(3);
        assertThat(whole.sha256()).isEqualTo(SHA_OF_ABC);
        assertThat(whole.tradeNumber()).isEqualTo("T");
        assertThat(whole.verdict()).isEqualTo(NotificationVerdict.UNCLEAR);
        assertThat(whole.reason()).isEqualTo("why");
    }

    /// The bytes that were left out are known by the hash of all of them.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 2048})
    void anExcerptIsTheBeginningAndDescribesTheWhole(int mostBytes) {
        Notification excerpt = Notification.excerpt("N", Providers.ALIPAY, AT, "/api/alipay/notify", "192.0.2.1", Map.of(), ABC, mostBytes,
                "", NotificationVerdict.FORGED, "no signature");

        assertThat(excerpt.body()).isEqualTo(Arrays.copyOf(ABC, Math.min(3, mostBytes)));
        assertThat(excerpt.length()).isEqualTo(3);
        assertThat(excerpt.sha256()).isEqualTo(SHA_OF_ABC);
    }

    @Test
    void anEmptyMessageHasAHash() {
        Notification empty = Notification.whole("N", Providers.WECHAT, AT, "/", "::1", Map.of(), new byte[0], "",
                NotificationVerdict.FORGED, "empty");

        assertThat(empty.length()).isZero();
        assertThat(empty.sha256()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    /// What was kept is not what the caller's buffer becomes.
    @Test
    void theBytesAreACopy() {
        byte[] buffer = ABC.clone();
        Notification kept = Notification.whole("N", Providers.WECHAT, AT, "/", "::1", Map.of(), buffer, "", NotificationVerdict.UNCLEAR,
                "");
        buffer[0] = 'x';

        assertThat(kept.body()).isEqualTo(ABC);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MOST_OF_AN_ANSWER - 1, MOST_OF_AN_ANSWER, MOST_OF_AN_ANSWER + 1, 1_000_000})
    void anAnswerNeverMakesARecordTooLarge(int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) 'a');

        var answer = new ProviderAnswer("A", Providers.WECHAT, new TradeNumber("T"), ProviderAnswer.Question.QUERY, AT, AT, body,
                ProviderAnswer.Meaning.UNCLEAR, "");

        assertThat(answer.body()).isEqualTo(Arrays.copyOf(body, Math.min(length, MOST_OF_AN_ANSWER)));
    }
}
