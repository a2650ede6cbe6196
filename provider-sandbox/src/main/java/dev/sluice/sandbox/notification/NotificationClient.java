package dev.sluice.sandbox.notification;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts notifications and judges the responses. Redirects are not followed, as the providers follow none.
final class NotificationClient implements AutoCloseable {
    /// From the first byte sent to the last byte read; WeChat Pay's own limit.
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    /// More than any acknowledgement needs.
    static final int MAX_RESPONSE_BYTES = 16 * 1024;
    /// Posts at the same time, of all deliveries.
    static final int MAX_POSTS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(NotificationClient.class);

    private final Semaphore posts = new Semaphore(MAX_POSTS);
    private final ExecutorService threads;
    private final HttpClient client;

    NotificationClient(ExecutorService threads) {
        this.threads = threads;
        client = HttpClient.newBuilder()
                .executor(threads)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .build();
    }

    /// Posts everything and returns the outcome of the true notification. Responses to false ones change nothing.
    Outcome deliver(URI url, Delivery delivery, TradeNotification judge) throws InterruptedException {
        Outcome result = Outcome.WITHHELD;
        for (Delivery.Step step : delivery.steps()) {
            List<Callable<Outcome>> calls = step.bodies().stream().<Callable<Outcome>>map(body -> () -> post(url, body, judge)).toList();
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> post : threads.invokeAll(calls)) {
                outcomes.add(outcome(post));
            }
            if (!step.valid()) {
                LOG.info("{} false notification: {}", delivery.number(), outcomes.getFirst());
            } else if (result != Outcome.ACKNOWLEDGED) {
                result = outcomes.contains(Outcome.ACKNOWLEDGED) ? Outcome.ACKNOWLEDGED : outcomes.getLast();
            }
        }
        return result;
    }

    private static Outcome outcome(Future<Outcome> post) throws InterruptedException {
        try {
            return post.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof InterruptedException closing) {
                throw closing;
            }
            throw new IllegalStateException("notification not sent", failure.getCause());
        }
    }

    private Outcome post(URI url, NotificationBody body, TradeNotification judge) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", body.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(body.text()))
                .build();
        posts.acquire();
        var exchange = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_RESPONSE_BYTES));
        try {
            // The request's own timeout would end with the headers: a merchant could then dribble its response for ever.
            var response = exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return judge.acknowledgedBy(response.statusCode(), response.body()) ? Outcome.ACKNOWLEDGED : Outcome.REFUSED;
        } catch (TimeoutException slow) {
            return Outcome.TIMED_OUT;
        } catch (ExecutionException unreachable) {
            return Outcome.UNREACHABLE;
        } finally {
            exchange.cancel(true);
            posts.release();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /// What became of one post or delivery.
    enum Outcome {
        ACKNOWLEDGED,
        /// A response that does not acknowledge.
        REFUSED,
        /// No response within the provider's timeout.
        TIMED_OUT,
        /// No connection, or no readable response.
        UNREACHABLE,
        /// Not posted, because of a fault.
        WITHHELD
    }
}
