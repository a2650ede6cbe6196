package dev.sluice.sandbox.notice;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Posts one notice and judges the answer. Redirects are not followed, as the providers follow none.
final class NoticePost implements AutoCloseable {
    /// From the first byte sent to the last byte read; WeChat Pay's own limit.
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    /// More than any success word needs.
    static final int MAX_ANSWER_BYTES = 16 * 1024;

    private final HttpClient client;

    NoticePost(Executor executor) {
        client = HttpClient.newBuilder()
                .executor(executor)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(ANSWER_TIMEOUT)
                .build();
    }

    NoticeOutcome send(URI url, NoticeBody body, TradeNotice judge) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", body.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(body.text()))
                .build();
        var exchange = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            // The request's own timeout would end with the headers: a merchant could then dribble its answer for ever.
            HttpResponse<byte[]> answer = exchange.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return judge.acknowledgedBy(answer.statusCode(), answer.body()) ? NoticeOutcome.ACKNOWLEDGED : NoticeOutcome.REFUSED;
        } catch (TimeoutException slow) {
            return NoticeOutcome.TIMED_OUT;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException) {
                return NoticeOutcome.UNREACHABLE;
            }
            throw new IllegalStateException("notice not sent", failure.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
