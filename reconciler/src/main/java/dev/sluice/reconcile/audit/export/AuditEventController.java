package dev.sluice.reconcile.audit.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.reconcile.audit.AuditCode;
import dev.sluice.reconcile.audit.AuditRows;
import dev.sluice.reconcile.audit.ChainedRow;
import dev.sluice.reconcile.audit.Search;

/// The audit for search and export. Rows are read as fast as the caller takes them; the reading ends when its caller disconnects.
@RestController
class AuditEventController {
    private static final Logger LOG = LoggerFactory.getLogger(AuditEventController.class);
    private static final Executor THREADS = task -> Thread.ofVirtual().name("audit-export").start(task);
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    private final AuditRows rows;
    private final Semaphore exports = new Semaphore(Limits.EXPORTS_AT_ONCE);
    private final Scheduler threads = Schedulers.fromExecutor(THREADS);

    AuditEventController(AuditRows rows) {
        this.rows = rows;
    }

    /// @param query `from`, `to` (a moment, or a day in Beijing), `type`, `order`, `user`, `after`, `value` (`true` for the records' values,
    ///              in JSON) and `format`
    @GetMapping("/api/audit/events")
    ResponseEntity<Flux<DataBuffer>> events(@RequestParam MultiValueMap<String, String> query, @AuthenticationPrincipal Caller caller) {
        Search search = search(query);
        RowFormat format = format(query.getFirst("format"), search.withValues());
        LOG.atInfo().addKeyValue("actor", caller.user()).addKeyValue("from", search.from()).addKeyValue("to", search.to())
                .addKeyValue("format", format.extension()).log("audit read");
        return ResponseEntity.ok().contentType(format.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit." + format.extension() + "\"")
                .body(export(search, format));
    }

    private Flux<DataBuffer> export(Search search, RowFormat format) {
        return Flux.using(() -> {
            if (!exports.tryAcquire()) {
                throw Refusal.later(AuditCode.TOO_MANY_EXPORTS, Limits.RETRY_EXPORT_AFTER).exception();
            }
            return new Pages(rows, search);
        }, pages -> bytes(pages, format), _ -> exports.release())
                .takeUntilOther(Mono.delay(Limits.EXPORT_WITHIN).then(Mono.error(() -> new TimeoutException("the export took too long"))))
                .subscribeOn(threads)
                .map(DefaultDataBufferFactory.sharedInstance::wrap);
    }

    private static Flux<byte[]> bytes(Pages pages, RowFormat format) {
        Flux<byte[]> all = Flux.<byte[]>generate(sink -> {
            List<ChainedRow> some = pages.some();
            if (some.isEmpty()) {
                sink.complete();
            } else {
                sink.next(format.write(some));
            }
        });
        byte[] begin = format.begin();
        return begin.length == 0 ? all : all.startWith(begin);
    }

    private static RowFormat format(@Nullable String name, boolean withValues) {
        return switch (name == null ? "ndjson" : name) {
            case "ndjson" -> new JsonRows(withValues);
            case "csv" -> new CsvRows();
            default -> throw malformed("format");
        };
    }

    private static Search search(MultiValueMap<String, String> query) {
        String after = filter(query, "after");
        return new Search(moment(query, "from", Instant.EPOCH), moment(query, "to", END), filter(query, "type"), filter(query, "order"),
                filter(query, "user"), after == null ? null : cursor(after),
                "true".equals(query.getFirst("value")));
    }

    private static @Nullable String filter(MultiValueMap<String, String> query, String name) {
        String text = query.getFirst(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!Limits.FILTER.matcher(text).matches()) {
            throw malformed(name);
        }
        return text;
    }

    private static Instant moment(MultiValueMap<String, String> query, String name, Instant otherwise) {
        String text = query.getFirst(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            Instant moment = text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(BEIJING).toInstant();
            return within(moment, name);
        } catch (DateTimeException e) {
            throw malformed(name);
        }
    }

    private static Instant within(Instant moment, String name) {
        if (moment.isBefore(Instant.EPOCH) || moment.isAfter(END)) {
            throw malformed(name);
        }
        return moment;
    }

    private static Search.Cursor cursor(String text) {
        Search.Cursor cursor = Search.Cursor.parse(text).orElseThrow(() -> malformed("after"));
        within(cursor.at(), "after");
        return cursor;
    }

    private static RuntimeException malformed(String parameter) {
        return Refusal.of(EdgeCode.MALFORMED, parameter).exception();
    }
}
