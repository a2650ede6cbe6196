package dev.sluice.notify;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import dev.sluice.event.evidence.Notification;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class ForgeryBudgetTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final long MEGABYTE = 1_000_000;
    private static final int ADDRESSES = 10;
    /// A line in the app's own log for each that is kept.
    private static final long LOG_LINE_BYTES = 400;

    @Test
    void tenAddressesCostLessThanAHundredMegabytesADay() {
        long smallest = ReceivedNotification.bytes(received("", Map.of()).forged("no sign"));
        long kept = ADDRESSES * Limits.FORGED_BYTES_OF_AN_ADDRESS * 2;

        assertThat(kept + kept / smallest * LOG_LINE_BYTES).isLessThan(100 * MEGABYTE);
        assertThat(2 * Limits.FORGED_BYTES).as("any number of addresses").isLessThan(100 * MEGABYTE);
    }

    @Test
    void countsBytesAndNotNotifications() {
        ForgeryBudget budget = new ForgeryBudget(Clock.fixed(NOW, ZoneOffset.UTC));
        Notification forged = received("x".repeat(70_000), Map.of("user-agent", List.of("y".repeat(8000)))).forged("no sign");
        long bytes = ReceivedNotification.bytes(forged);

        assertThat(forged.body()).hasSize(Limits.EXCERPT_BYTES);
        assertThat(forged.length()).isEqualTo(70_000);
        assertThat(forged.headers().get("user-agent")).singleElement().satisfies(value -> assertThat(value).hasSize(200));
        long kept = 0;
        while (budget.keepOneMore("203.0.113.9", bytes)) {
            kept++;
        }
        assertThat(kept * bytes).isBetween(Limits.FORGED_BYTES_OF_AN_ADDRESS - bytes, Limits.FORGED_BYTES_OF_AN_ADDRESS);
        assertThat(budget.keepOneMore("203.0.113.10", bytes)).as("another address").isTrue();
    }

    @Test
    void aDayLaterAsMuchIsKeptAgain() {
        var clock = new AtomicReference<>(NOW);
        ForgeryBudget budget = new ForgeryBudget(new Clock() {
            @Override
            public Instant instant() {
                return clock.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
        assertThat(budget.keepOneMore("203.0.113.9", Limits.FORGED_BYTES_OF_AN_ADDRESS)).isTrue();
        assertThat(budget.keepOneMore("203.0.113.9", 1)).isFalse();

        clock.set(NOW.plus(Duration.ofHours(12)));
        assertThat(budget.keepOneMore("203.0.113.9", Limits.FORGED_BYTES_OF_AN_ADDRESS)).isFalse();
        assertThat(budget.keepOneMore("203.0.113.9", Limits.FORGED_BYTES_OF_AN_ADDRESS / 2)).isTrue();
    }

    static ReceivedNotification received(String body, Map<String, List<String>> headers) {
        return new ReceivedNotification("01JD8X3A000000000000000000", PaymentChannels.installed().find(Providers.WECHAT).orElseThrow(), NOW,
                "/api/wechat/notify", "2001:db8:203:4e90:2535:6ee1:61ac:ffe5", headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
