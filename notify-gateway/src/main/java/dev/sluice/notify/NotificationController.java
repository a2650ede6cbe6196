package dev.sluice.notify;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import dev.sluice.edge.ClientAddress;
import dev.sluice.event.value.Provider;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.notification.NotificationReply;

/// The notify URLs. The body is read as bytes, whatever its content type: the signature covers what was sent.
@RestController
class NotificationController {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationController.class);
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    private final PaymentChannels channels;
    private final Intake intake;
    private final ClientAddress clientAddress;
    private final Scheduler blockingWork;
    private final MeterRegistry meters;
    private final Clock clock;
    private final RequestBodies bodies = new RequestBodies();
    private final Semaphore inFlight = new Semaphore(Limits.IN_FLIGHT);
    private final AtomicReference<Instant> complainedAt = new AtomicReference<>(Instant.EPOCH);

    NotificationController(PaymentChannels channels, Intake intake, ClientAddress clientAddress, Scheduler blockingWork,
            MeterRegistry meters,
            Clock clock) {
        this.channels = channels;
        this.intake = intake;
        this.clientAddress = clientAddress;
        this.blockingWork = blockingWork;
        this.meters = meters;
        this.clock = clock;
    }

    /// The path of an unknown provider is an unknown path.
    @PostMapping({"/api/{provider}/notify", "/api/{provider}/webhook"})
    Mono<ResponseEntity<String>> take(@PathVariable String provider, ServerHttpRequest request) {
        return channels.find(provider).map(channel -> take(channel, request)).orElseGet(() -> Mono.just(ResponseEntity.notFound().build()));
    }

    /// A place is taken only when the body is complete: a slow sender cannot keep one.
    private Mono<ResponseEntity<String>> take(PaymentChannel channel, ServerHttpRequest request) {
        return bodies.read(request)
                .publishOn(blockingWork)
                .map(body -> decide(channel, request, body))
                .switchIfEmpty(Mono.fromCallable(() -> notTaken(channel, "slower than " + Limits.BODIES + " that came later")))
                .onErrorResume(e -> Mono.just(notTaken(channel, e.getClass().getSimpleName())))
                .map(NotificationController::answer);
    }

    private NotificationReply decide(PaymentChannel channel, ServerHttpRequest request, byte[] body) {
        if (!inFlight.tryAcquire()) {
            return notTaken(channel, "more than " + Limits.IN_FLIGHT + " at a time");
        }
        try {
            return intake.take(new Intake.Request(channel, request.getPath().value(), clientAddress.of(request),
                    headers(request.getHeaders()), body));
        } finally {
            inFlight.release();
        }
    }

    /// The provider will retry. All are counted, but only one in a while is logged: a flood must not fill the disk.
    private NotificationReply notTaken(PaymentChannel channel, String why) {
        Provider provider = channel.provider();
        meters.counter("sluice.notifications", "provider", provider.code(), "verdict", "not_taken").increment();
        Instant now = clock.instant();
        Instant before = complainedAt.get();
        if (!now.isBefore(before.plus(Limits.BETWEEN_COMPLAINTS)) && complainedAt.compareAndSet(before, now)) {
            LOG.atError().addKeyValue("provider", provider).addKeyValue("why", why).log("notification not taken");
        }
        return channel.notifications().failure();
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

    private static ResponseEntity<String> answer(NotificationReply reply) {
        return ResponseEntity.status(reply.status()).contentType(MediaType.parseMediaType(reply.contentType())).body(reply.body());
    }
}
