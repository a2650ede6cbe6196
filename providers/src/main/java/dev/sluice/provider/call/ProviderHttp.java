package dev.sluice.provider.call;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;

import dev.sluice.provider.wire.ConnectionFailure;

/// The HTTP exchange with a provider's gateway: no redirects, an answer of limited size, and all of it within a time.
public final class ProviderHttp implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

    private final Duration answerWithin;
    private final OwnHosts ownHosts;
    private final HttpClient http;

    /// @param answerWithin for connecting and reading together, however slowly the bytes come
    public ProviderHttp(Duration answerWithin, OwnHosts ownHosts) {
        this(answerWithin, ownHosts, client());
    }

    /// Shows our certificate to a host that asks for one.
    ///
    /// @param certificate with its key, and with the hosts that are trusted
    public ProviderHttp(Duration answerWithin, OwnHosts ownHosts, SSLContext certificate) {
        this(answerWithin, ownHosts, client().sslContext(certificate));
    }

    private ProviderHttp(Duration answerWithin, OwnHosts ownHosts, HttpClient.Builder client) {
        this.answerWithin = answerWithin;
        this.ownHosts = ownHosts;
        this.http = client.build();
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).followRedirects(HttpClient.Redirect.NEVER);
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

    /// Sends a request, and stores the body of the answer in a file as it comes.
    ///
    /// @param most   bytes that the answer may have
    /// @param within for all of it, however slowly the bytes come
    /// @return the status of the answer
    /// @throws SilenceException when none arrived in time, or one that is too long, or the host is not on the internet
    public int save(HttpRequest request, Path into, long most, Duration within) throws SilenceException {
        check(request.uri());
        var answer = http.sendAsync(request, BodyHandlers.limiting(
                BodyHandlers.ofFile(into, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                most));
        return await(answer, within).statusCode();
    }

    /// Posts, and waits for the answer.
    ///
    /// @throws SilenceException when none arrived in time, or one that is too long, or the host is not on the internet
    public Answer post(URI uri, String contentType, byte[] body) throws SilenceException {
        check(uri);
        HttpRequest request = HttpRequest.newBuilder(uri).header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        // The time-out of a request ends with the headers of the answer; this one is for all of it.
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), Limits.ANSWER_BYTES));
        var response = await(answer, answerWithin);
        return new Answer(response.statusCode(), response.body());
    }

    private void check(URI uri) throws SilenceException {
        try {
            ownHosts.check(uri.getHost());
        } catch (UnknownHostException e) {
            throw new SilenceException(ConnectionFailure.UNKNOWN_HOST);
        }
    }

    private static <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer, Duration within) throws SilenceException {
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
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

    /// Lets no new call begin. Those in flight end, within their time.
    @Override
    public void close() {
        http.shutdown();
    }
}
