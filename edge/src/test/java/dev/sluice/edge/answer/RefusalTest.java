package dev.sluice.edge.answer;

import java.time.Duration;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RefusalTest {
    /// Status 429 without `Retry-After` cannot be said at all.
    @ParameterizedTest
    @EnumSource(EdgeCode.class)
    void whoeverAskedTooMuchIsToldWhenToComeAgain(AnswerCode message) {
        if (message.status() == HttpStatus.TOO_MANY_REQUESTS) {
            assertThatIllegalArgumentException().isThrownBy(() -> Refusal.of(message)).withMessageContaining(message.name());
            assertThat(retryAfter(Refusal.later(message, Duration.ofMillis(1_001), "1.00", "0.00"))).isEqualTo("2");
        } else {
            assertThat(Refusal.of(message).retryAfter()).isEmpty();
        }
    }

    @Test
    void nobodyIsToldToComeAgainAtOnce() {
        assertThat(retryAfter(Refusal.later(EdgeCode.TOO_MANY_REQUESTS, Duration.ZERO))).isEqualTo("1");
        assertThat(retryAfter(Refusal.later(EdgeCode.TOO_MANY_REQUESTS, Duration.ofSeconds(-1)))).isEqualTo("1");
    }

    private static String retryAfter(Refusal refusal) {
        return Refused.answer(refusal, Locale.CHINESE).getHeaders().getFirst("Retry-After");
    }
}
