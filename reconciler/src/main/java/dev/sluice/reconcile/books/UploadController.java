package dev.sluice.reconcile.books;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.UserId;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.reconcile.bill.StoredBill;
import dev.sluice.reconcile.daily.BillDesk;

/// Takes a bill from an operator's hand: the file as the provider's console gives it, with the same bounds and the same reader.
@RestController
class UploadController {
    private final BillDesk desk;

    UploadController(BillDesk desk) {
        this.desk = desk;
    }

    /// @param version of the day
    record Uploaded(String provider, LocalDate day, int version, String sha256, long payments, long refunds) {}

    /// Stores it beside the bills of the day before it, and compares it.
    @PostMapping(path = "/api/reconcile/{provider}/{day}/bill", consumes = {MediaType.APPLICATION_OCTET_STREAM_VALUE, "text/csv",
            "application/zip", "application/gzip"})
    Mono<Shown<Uploaded>> upload(@PathVariable String provider, @PathVariable LocalDate day, @RequestBody Flux<DataBuffer> body,
            @AuthenticationPrincipal Caller caller) {
        if (!Provider.isLegal(provider)) {
            return Mono.error(Refusal.of(EdgeCode.NOT_FOUND).exception());
        }
        return Mono.using(UploadController::temporary,
                file -> DataBufferUtils.write(bounded(body), file).then(Mono.fromCallable(() -> store(new Provider(provider), day, file,
                        new UserId(caller.user()))).subscribeOn(Schedulers.boundedElastic())),
                UploadController::delete);
    }

    private Shown<Uploaded> store(Provider provider, LocalDate day, Path file, UserId actor) throws IOException {
        BillOf of = desk.of(provider, day).orElseThrow(() -> Refusal.of(ReconcileCode.ACCOUNT_UNKNOWN).exception());
        if (!desk.isOver(day)) {
            throw Refusal.of(ReconcileCode.DAY_NOT_OVER).exception();
        }
        try {
            StoredBill bill = desk.upload(of, file, actor);
            return Shown.of(new Uploaded(provider.code(), day, bill.version(), bill.sha256(), bill.totals().payments(),
                    bill.totals().refunds()));
        } catch (BillRejectedException e) {
            throw Refusal.of(ReconcileCode.BILL_REJECTED, String.valueOf(e.getMessage())).exception();
        }
    }

    private static Flux<DataBuffer> bounded(Flux<DataBuffer> body) {
        var total = new AtomicLong();
        return body.handle((buffer, sink) -> {
            if (total.addAndGet(buffer.readableByteCount()) > dev.sluice.provider.bill.Limits.DOWNLOADED_BYTES) {
                DataBufferUtils.release(buffer);
                sink.error(Refusal.of(EdgeCode.BODY_TOO_LARGE).exception());
            } else {
                sink.next(buffer);
            }
        });
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("sluice-upload", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
