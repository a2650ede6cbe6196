package dev.sluice.provider.call;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sluice.provider.wire.ConnectionFailure;

/// The HTTP exchange with a provider's gateway: no redirects, an answer of limited size, and all of it within a time.
public final class ProviderHttp implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

    private final Duration answerWithin;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// @param answerWithin for connecting and reading together, however slowly the bytes come
    public ProviderHttp(Duration answerWithin) {
        this.answerWithin = answerWithin;
    }

    /// An answer of whatever status.
    // Never compared, and the body is plain bytes.
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(int status, byte[] body) {}

    /// No answer arrived.
    public static final class SilenceException extends IOException {
        private static final long serialVersionUID = 1;

        private final ConnectionFailure obstacle;

        SilenceException(ConnectionFailure obstacle) {
            super(obstacle.name());
            this.obstacle = obstacle;
        }

        public ConnectionFailure obstacle() {
            return obstacle;
        }
    }

    /// Posts, and waits for the answer.
    ///
    /// @throws SilenceException when none arrived in time, or one that is too long
    public Answer post(URI uri, String contentType, byte[] body) throws SilenceException {
        HttpRequest request = HttpRequest.newBuilder(uri).header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        // The time-out of a request ends with the headers of the answer; this one is for all of it.
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), Limits.ANSWER_BYTES));
        try {
            var response = answer.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (ExecutionException e) {
            throw new SilenceException(ConnectionFailure.of(e));
        } catch (TimeoutException e) {
            throw new SilenceException(ConnectionFailure.TIME_OUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SilenceException(ConnectionFailure.BROKEN);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
