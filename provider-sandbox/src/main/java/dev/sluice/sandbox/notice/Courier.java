package dev.sluice.sandbox.notice;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts all that belongs to one delivery.
final class Courier implements AutoCloseable {
    /// Posts at the same time, of all deliveries.
    static final int MAX_POSTS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Semaphore posts = new Semaphore(MAX_POSTS);
    private final ExecutorService threads;
    private final NoticePost post;

    Courier(ExecutorService threads) {
        this.threads = threads;
        post = new NoticePost(threads);
    }

    /// Returns when everything is posted, with what became of the true notice.
    NoticeOutcome deliver(URI url, NoticeRound round, TradeNotice judge) throws InterruptedException {
        postFalse(url, round.number(), round.before(), judge);
        List<NoticeOutcome> outcomes = round.atOnce() ? atOnce(url, round.truth(), judge) : inTurn(url, round.truth(), judge);
        postFalse(url, round.number(), round.after(), judge);
        return outcomes.contains(NoticeOutcome.ACKNOWLEDGED) ? NoticeOutcome.ACKNOWLEDGED : outcomes.getLast();
    }

    /// What is answered to these changes nothing: whoever sends them does not listen.
    private void postFalse(URI url, String number, List<NoticeBody> bodies, TradeNotice judge) throws InterruptedException {
        for (NoticeOutcome outcome : inTurn(url, bodies, judge)) {
            LOG.info("{} false notice: {}", number, outcome);
        }
    }

    private List<NoticeOutcome> inTurn(URI url, List<NoticeBody> bodies, TradeNotice judge) throws InterruptedException {
        List<NoticeOutcome> outcomes = new ArrayList<>();
        for (NoticeBody body : bodies) {
            outcomes.add(post(url, body, judge));
        }
        return outcomes;
    }

    private List<NoticeOutcome> atOnce(URI url, List<NoticeBody> bodies, TradeNotice judge) throws InterruptedException {
        List<Callable<NoticeOutcome>> calls = bodies.stream().<Callable<NoticeOutcome>>map(body -> () -> post(url, body, judge)).toList();
        List<NoticeOutcome> outcomes = new ArrayList<>();
        for (Future<NoticeOutcome> outcome : threads.invokeAll(calls)) {
            try {
                outcomes.add(outcome.get());
            } catch (ExecutionException failure) {
                throw new IllegalStateException("notice not sent", failure.getCause());
            }
        }
        return outcomes;
    }

    private NoticeOutcome post(URI url, NoticeBody body, TradeNotice judge) throws InterruptedException {
        posts.acquire();
        try {
            return post.send(url, body, judge);
        } finally {
            posts.release();
        }
    }

    @Override
    public void close() {
        post.close();
    }
}
