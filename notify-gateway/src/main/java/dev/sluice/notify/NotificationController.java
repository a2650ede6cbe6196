package dev.sluice.notify;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import dev.sluice.edge.ClientAddress;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.notification.NotificationReply;

/// The notify URLs. The body is read as bytes, whatever its content type: the signature covers what was sent.
@RestController
class NotificationController {
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    private final PaymentChannels channels;
    private final Intake intake;
    private final ClientAddress clientAddress;
    private final Scheduler blockingWork;
    private final UntakenNotifications untaken;
    private final RequestBodies bodies = new RequestBodies();
    private final Semaphore inFlight = new Semaphore(Limits.IN_FLIGHT);

    NotificationController(PaymentChannels channels, Intake intake, ClientAddress clientAddress, Scheduler blockingWork,
            UntakenNotifications untaken) {
        this.channels = channels;
        this.intake = intake;
        this.clientAddress = clientAddress;
        this.blockingWork = blockingWork;
        this.untaken = untaken;
    }

    /// The path of an unknown provider is an unknown path.
    @PostMapping({"/api/{provider}/notify", "/api/{provider}/webhook"})
    Mono<Void> take(@PathVariable String provider, ServerHttpRequest request, ServerHttpResponse response) {
        return channels.find(provider).map(channel -> take(channel, request).flatMap(reply -> write(response, reply))).orElseGet(() -> {
            response.setStatusCode(HttpStatus.NOT_FOUND);
            return response.setComplete();
        });
    }

    /// A place is taken only when the body is complete: a slow sender cannot keep one.
    private Mono<NotificationReply> take(PaymentChannel channel, ServerHttpRequest request) {
        return bodies.read(request)
                .publishOn(blockingWork)
                .map(body -> decide(channel, request, body))
                .switchIfEmpty(Mono.fromCallable(() -> untaken.reply(channel, "slower than " + Limits.BODIES + " that came later")))
                .onErrorResume(e -> Mono.just(untaken.reply(channel, e.getClass().getSimpleName())));
    }

    private NotificationReply decide(PaymentChannel channel, ServerHttpRequest request, byte[] body) {
        if (!inFlight.tryAcquire()) {
            return untaken.reply(channel, "more than " + Limits.IN_FLIGHT + " at a time");
        }
        try {
            return intake.take(new Intake.Request(channel, request.getPath().value(), clientAddress.of(request),
                    headers(request.getHeaders()), body));
        } finally {
            inFlight.release();
        }
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

    /// Without the framework's negotiation of a content type: no header of a request may turn the reply about what is recorded into an error.
    private static Mono<Void> write(ServerHttpResponse response, NotificationReply reply) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.setStatusCode(HttpStatusCode.valueOf(reply.status()));
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, reply.contentType());
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
