package dev.sluice.notify;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import dev.sluice.event.Provider;
import dev.sluice.provider.NoticeReply;

/// The notify URLs. The body is taken as bytes, whatever its content type says: what is signed is what was sent.
@RestController
class NotificationController {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationController.class);
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    private final Intake intake;
    private final ClientAddress clientAddress;
    private final Scheduler blockingWork;
    private final MeterRegistry meters;
    private final Semaphore inFlight = new Semaphore(Limits.IN_FLIGHT);

    NotificationController(Intake intake, ClientAddress clientAddress, Scheduler blockingWork, MeterRegistry meters) {
        this.intake = intake;
        this.clientAddress = clientAddress;
        this.blockingWork = blockingWork;
        this.meters = meters;
    }

    @PostMapping({"/api/wechat/notify", "/api/wechat/webhook"})
    Mono<ResponseEntity<String>> wechat(ServerHttpRequest request) {
        return take(Provider.WECHAT, request);
    }

    @PostMapping({"/api/alipay/notify", "/api/alipay/webhook"})
    Mono<ResponseEntity<String>> alipay(ServerHttpRequest request) {
        return take(Provider.ALIPAY, request);
    }

    private Mono<ResponseEntity<String>> take(Provider provider, ServerHttpRequest request) {
        return Mono
                .using(() -> inFlight.tryAcquire(), entered -> entered ? read(provider, request) : tooMany(provider),
                        entered -> inFlight.release(entered ? 1 : 0))
                .map(NotificationController::answer);
    }

    private Mono<NoticeReply> read(Provider provider, ServerHttpRequest request) {
        return body(request)
                .timeout(Limits.BODY_WITHIN)
                .publishOn(blockingWork)
                .map(body -> intake.take(provider, request.getPath().value(), clientAddress.of(request),
                        headers(request.getHeaders()), body))
                .onErrorResume(e -> notTaken(provider, e.getClass().getSimpleName()));
    }

    private Mono<NoticeReply> tooMany(Provider provider) {
        return notTaken(provider, "more than " + Limits.IN_FLIGHT + " at a time");
    }

    /// The provider will tell again.
    private Mono<NoticeReply> notTaken(Provider provider, String why) {
        LOG.atError().addKeyValue("provider", provider).addKeyValue("why", why).log("notice not taken");
        meters.counter("sluice.notices", "provider", provider.method(), "verdict", "not_taken").increment();
        return Mono.just(NoticeReply.failure(provider));
    }

    /// At most one byte more than the limit: that a body is too long is a verdict, not an error.
    private static Mono<byte[]> body(ServerHttpRequest request) {
        return DataBufferUtils
                .join(DataBufferUtils.takeUntilByteCount(request.getBody(), Limits.BODY_BYTES + 1L))
                .map(NotificationController::bytes)
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Map<String, List<String>> headers(HttpHeaders headers) {
        Map<String, List<String>> kept = new TreeMap<>();
        headers.forEach((name, values) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (!CREDENTIALS.contains(lowerCase)) {
                kept.put(lowerCase, List.copyOf(values));
            }
        });
        return kept;
    }

    private static ResponseEntity<String> answer(NoticeReply reply) {
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(reply.contentType())).body(reply.body());
    }
}
