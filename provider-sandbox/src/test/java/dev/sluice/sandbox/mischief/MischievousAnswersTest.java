package dev.sluice.sandbox.mischief;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class MischievousAnswersTest {
    private final Mischiefs mischiefs = TestMischiefs.none();
    private final List<Duration> pauses = new ArrayList<>();
    private final MischievousAnswers answers = new MischievousAnswers(mischiefs, pauses::add);

    @Test
    void answersAsItShouldWhenNothingIsOn() {
        ResponseEntity<byte[]> answer = answer("T-1");

        assertThat(answer.getStatusCode().value()).isEqualTo(200);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.TEXT_XML);
        assertThat(text(answer)).isEqualTo("<xml/>");
        assertThat(pauses).isEmpty();
    }

    @Test
    void answersTwelveSecondsLate() {
        TestMischiefs.forOrder(mischiefs, "T-1", Mischief.SLOW_ANSWERS);

        assertThat(text(answer("T-1"))).isEqualTo("<xml/>");
        assertThat(pauses).containsExactly(Duration.ofSeconds(12));
    }

    @Test
    void answersWithAnError() {
        TestMischiefs.forOrder(mischiefs, "T-1", Mischief.SERVER_ERRORS, Mischief.GARBAGE);

        assertThat(answer("T-1").getStatusCode().value()).isEqualTo(503);
        assertThat(text(answer("T-1"))).doesNotContain("<xml/>");
    }

    @Test
    void answersWithAPage() {
        TestMischiefs.forOrder(mischiefs, "T-1", Mischief.GARBAGE);

        ResponseEntity<byte[]> answer = answer("T-1");

        assertThat(answer.getStatusCode().value()).isEqualTo(200);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.parseMediaType("text/html;charset=UTF-8"));
        assertThat(text(answer)).startsWith("<html>").doesNotContain("<xml/>");
    }

    @Test
    void answersOtherOrdersAsItShould() {
        TestMischiefs.forOrder(mischiefs, "T-1", Mischief.SLOW_ANSWERS, Mischief.SERVER_ERRORS);

        assertThat(text(answer("T-2"))).isEqualTo("<xml/>");
        assertThat(text(answer(""))).isEqualTo("<xml/>");
        assertThat(pauses).isEmpty();
    }

    private ResponseEntity<byte[]> answer(String number) {
        return answers.answer(number, MediaType.TEXT_XML, "<xml/>");
    }

    private static String text(ResponseEntity<byte[]> answer) {
        byte[] body = answer.getBody();
        return body == null ? "" : new String(body, UTF_8);
    }
}
