package dev.sluice.sandbox.fault;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class FaultyResponsesTest {
    private static final Duration DELAY = Duration.ofMillis(300);

    private final FaultInjection injection = TestFaults.none();
    private final FaultyResponses responses = new FaultyResponses(injection, DELAY);

    @Test
    void respondsAsItShouldWithoutAFault() {
        ResponseEntity<byte[]> response = respond("T-1");

        assertThat(response.getStatusCode().value()).isEqualTo(200);
        assertThat(response.getHeaders().getContentType()).isEqualTo(MediaType.TEXT_XML);
        assertThat(text(response)).isEqualTo("<xml/>");
    }

    @Test
    void respondsLate() {
        TestFaults.forOrder(injection, "T-1", Fault.SLOW_RESPONSES);
        long start = System.nanoTime();

        assertThat(text(respond("T-1"))).isEqualTo("<xml/>");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY);
        assertThat(FaultyResponses.DELAY).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void respondsWithAnError() {
        TestFaults.forOrder(injection, "T-1", Fault.SERVER_ERRORS, Fault.GARBAGE);

        assertThat(respond("T-1").getStatusCode().value()).isEqualTo(503);
        assertThat(text(respond("T-1"))).doesNotContain("<xml/>");
    }

    @Test
    void respondsWithAPage() {
        TestFaults.forOrder(injection, "T-1", Fault.GARBAGE);

        ResponseEntity<byte[]> response = respond("T-1");

        assertThat(response.getStatusCode().value()).isEqualTo(200);
        assertThat(response.getHeaders().getContentType()).isEqualTo(MediaType.parseMediaType("text/html;charset=UTF-8"));
        assertThat(text(response)).startsWith("<html>").doesNotContain("<xml/>");
    }

    @Test
    void respondsToOtherOrdersAsItShould() {
        var never = new FaultyResponses(injection, Duration.ofDays(1));
        TestFaults.forOrder(injection, "T-1", Fault.SLOW_RESPONSES, Fault.SERVER_ERRORS);

        assertThat(text(never.respond("T-2", MediaType.TEXT_XML, "<xml/>"))).isEqualTo("<xml/>");
        assertThat(text(never.respond("", MediaType.TEXT_XML, "<xml/>"))).isEqualTo("<xml/>");
    }

    private ResponseEntity<byte[]> respond(String number) {
        return responses.respond(number, MediaType.TEXT_XML, "<xml/>");
    }

    private static String text(ResponseEntity<byte[]> response) {
        byte[] body = response.getBody();
        return body == null ? "" : new String(body, UTF_8);
    }
}
