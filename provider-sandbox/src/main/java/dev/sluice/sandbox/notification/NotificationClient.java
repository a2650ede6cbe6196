package dev.sluice.sandbox.notification;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Posts notifications and judges the responses. Redirects are not followed, as the providers follow none.
final class NotificationClient implements AutoCloseable {
    /// From the first byte sent to the last byte read; WeChat Pay's own limit.
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    /// More than any acknowledgement needs.
    static final int MAX_RESPONSE_BYTES = 16 * 1024;
    /// Posts at the same time, of all deliveries.
    static final int MAX_POSTS = 32;

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

    /// Posts copies of a notification at the same time and returns whether one was acknowledged, otherwise the outcome of the last.
    Outcome post(URI url, List<NotificationBody> copies, TradeNotification judge) throws InterruptedException {
        List<Callable<Outcome>> posts = copies.stream().<Callable<Outcome>>map(copy -> () -> post(url, copy, judge)).toList();
        // Only a post that is cut short by the end of the sandbox has no result.
        List<Outcome> outcomes = threads.invokeAll(posts).stream()
                .map(post -> post.state() == Future.State.SUCCESS ? post.resultNow() : Outcome.UNREACHABLE)
                .toList();
        return outcomes.contains(Outcome.ACKNOWLEDGED) ? Outcome.ACKNOWLEDGED : outcomes.getLast();
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
