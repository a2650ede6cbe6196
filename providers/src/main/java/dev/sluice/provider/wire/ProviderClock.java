package dev.sluice.provider.wire;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The time at a provider: the `Date` header of its gateway's answer to a plain request. Codes expire and signatures are dated by that
/// clock, not by ours.
public final class ProviderClock implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    /// The header has whole seconds: on average half of one has gone by.
    private static final Duration HALF_A_TICK = Duration.ofMillis(500);

    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// Compares with the given clock.
    public ProviderClock(Clock clock) {
        this.clock = clock;
    }

    /// How far our clock is ahead of the gateway's, negative when it is behind, to about a second; empty when it is unknown.
    ///
    /// Blocks for a few seconds at most.
    public Optional<Duration> skew(URI gateway) {
        var answer = http.sendAsync(HttpRequest.newBuilder(gateway).GET().build(), BodyHandlers.ofInputStream());
        Instant asked = clock.instant();
        try {
            var response = answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            response.body().close();
            Instant heard = clock.instant();
            Instant between = asked.plus(Duration.between(asked, heard).dividedBy(2));
            return response.headers().firstValue("Date")
                    .map(date -> Duration.between(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)).plus(HALF_A_TICK),
                            between));
        } catch (ExecutionException | TimeoutException | IOException | DateTimeException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
