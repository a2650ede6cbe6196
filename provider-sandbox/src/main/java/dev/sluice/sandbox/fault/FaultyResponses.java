package dev.sluice.sandbox.fault;

import java.time.Duration;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Sends responses with the faults of their order. By then the calls have taken effect.
@Component
public final class FaultyResponses {
    /// Delay of a slow response; never scaled, as the merchant's timeouts are not scaled either.
    static final Duration DELAY = Duration.ofSeconds(12);

    private static final Logger LOG = LoggerFactory.getLogger(FaultyResponses.class);
    private static final MediaType HTML = new MediaType("text", "html", UTF_8);
    private static final String PAGE = """
            <html>
            <head><title>系统维护中</title></head>
            <body><h1>系统维护中</h1><p>请稍后再试</p></body>
            </html>
            """;

    private final FaultInjection injection;
    private final Duration delay;

    @Autowired
    FaultyResponses(FaultInjection injection) {
        this(injection, DELAY);
    }

    FaultyResponses(FaultInjection injection, Duration delay) {
        this.injection = injection;
        this.delay = delay;
    }

    /// HTTP 200 with the text if no fault is on; only to be called on a virtual thread, since a response can be slow.
    ///
    /// @param number the merchant's number of the order that the call is about; empty if it names none
    public ResponseEntity<byte[]> respond(String number, MediaType type, String text) {
        Set<Fault> faults = injection.of(number);
        if (faults.contains(Fault.SLOW_RESPONSES)) {
            pause();
        }
        if (faults.contains(Fault.SERVER_ERRORS)) {
            return response(HttpStatus.SERVICE_UNAVAILABLE, HTML, PAGE);
        }
        return faults.contains(Fault.GARBAGE) ? response(HttpStatus.OK, HTML, PAGE) : response(HttpStatus.OK, type, text);
    }

    /// The same, to a request for a refund.
    public ResponseEntity<byte[]> respondToRefund(String number, MediaType type, String text) {
        Set<Fault> faults = injection.of(number);
        return faults.contains(Fault.REFUND_LOST) || faults.contains(Fault.REFUND_UNANSWERED)
                ? response(HttpStatus.SERVICE_UNAVAILABLE, HTML, PAGE)
                : respond(number, type, text);
    }

    private static ResponseEntity<byte[]> response(HttpStatus status, MediaType type, String text) {
        return ResponseEntity.status(status).contentType(type).body(text.getBytes(UTF_8));
    }

    private void pause() {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException closing) {
            LOG.info("- slow response cut short");
            Thread.currentThread().interrupt();
        }
    }
}
