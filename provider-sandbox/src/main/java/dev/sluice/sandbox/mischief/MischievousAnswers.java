package dev.sluice.sandbox.mischief;

import java.time.Duration;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Gives the answers to calls, the way the mischief about their order wants it. By then the calls have had their effect.
@Component
public final class MischievousAnswers {
    /// How late an answer is; never scaled, as the merchant's patience is not scaled either.
    static final Duration SLOWNESS = Duration.ofSeconds(12);

    private static final Logger LOG = LoggerFactory.getLogger(MischievousAnswers.class);
    private static final MediaType HTML = new MediaType("text", "html", UTF_8);
    private static final String PAGE = """
            <html>
            <head><title>系统维护中</title></head>
            <body><h1>系统维护中</h1><p>请稍后再试</p></body>
            </html>
            """;

    private final Mischiefs mischiefs;
    private final Pause pause;

    MischievousAnswers(Mischiefs mischiefs, Pause pause) {
        this.mischiefs = mischiefs;
        this.pause = pause;
    }

    /// Answers with HTTP 200 and the text if nothing is on; only to be called on a virtual thread, since an answer can be slow.
    ///
    /// @param number the merchant's number of the order that was called about; empty if there was none
    public ResponseEntity<byte[]> answer(String number, MediaType type, String text) {
        Set<Mischief> mischief = mischiefs.of(number);
        if (mischief.contains(Mischief.SLOW_ANSWERS)) {
            beSlow();
        }
        if (mischief.contains(Mischief.SERVER_ERRORS)) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).contentType(HTML).body(PAGE.getBytes(UTF_8));
        }
        return mischief.contains(Mischief.GARBAGE) ? ok(HTML, PAGE) : ok(type, text);
    }

    private static ResponseEntity<byte[]> ok(MediaType type, String text) {
        return ResponseEntity.ok().contentType(type).body(text.getBytes(UTF_8));
    }

    private void beSlow() {
        try {
            pause.forThe(SLOWNESS);
        } catch (InterruptedException nobodyWaits) {
            LOG.info("- slow answer cut short");
            Thread.currentThread().interrupt();
        }
    }
}
