package dev.sluice.reconcile.audit;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.event.books.AuditHeadPublished.Head;

/// The chain of the audit for auditors: its heads, and whether it is whole.
@RestController
class AuditController {
    private static final Executor THREADS = task -> Thread.ofVirtual().name("audit-verification").start(task);

    private final AuditRows rows;
    private final PublishedHeads published;
    private final HeadPublication heads;
    private final Semaphore verifications = new Semaphore(1);
    private final Scheduler threads = Schedulers.fromExecutor(THREADS);

    AuditController(AuditRows rows, PublishedHeads published, HeadPublication heads) {
        this.rows = rows;
        this.published = published;
        this.heads = heads;
    }

    /// The heads of one day, as the log has them.
    record Day(String day, Instant publishedAt, List<Head> heads) {}

    /// @param now       the last row of each partition
    /// @param published the latest days, the last one first
    record Heads(List<Head> now, List<Day> published) {}

    @GetMapping("/api/audit/heads")
    Mono<Shown<Heads>> heads() {
        return Mono.fromCallable(() -> Shown.of(new Heads(heads.current(), published.read().reversed().stream().limit(Limits.HEADS_SHOWN)
                .map(day -> new Day(day.heads().day().toString(), day.at(), day.heads().heads())).toList()))).subscribeOn(threads);
    }

    /// Walks all chains. Each line is how far it is; the last one is the result.
    @GetMapping(path = "/api/audit/verify", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<Verification.Progress> verify() {
        return Flux.using(() -> {
            if (!verifications.tryAcquire()) {
                throw Refusal.of(AuditCode.VERIFICATION_RUNS).exception();
            }
            return verifications;
        }, _ -> walk(), Semaphore::release).subscribeOn(threads);
    }

    private Flux<Verification.Progress> walk() {
        return Flux.<Verification.Progress, Verification>generate(
                () -> new Verification(rows, published.read().stream().map(PublishedHeads.Published::heads).toList()), (walk, sink) -> {
                    Verification.Progress progress = walk.walk();
                    sink.next(progress);
                    if (progress.isEnd()) {
                        sink.complete();
                    }
                    return walk;
                }).take(Limits.VERIFIED_WITHIN);
    }
}
