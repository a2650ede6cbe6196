package dev.sluice.order.progress;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.order.OrderView;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.Caller;
import dev.sluice.order.answer.Envelope;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.QrSvg;
import dev.sluice.order.answer.Refusal;

/// A user's own orders: one, its code, its progress, all of them, and what they brought. Another user's order does not exist here.
@RestController
class OrderController {
    private final Orders orders;
    private final ProgressStreams streams;
    private final Clock clock;

    OrderController(Orders orders, ProgressStreams streams, Clock clock) {
        this.orders = orders;
        this.streams = streams;
        this.clock = clock;
    }

    @GetMapping("/api/user/topup/{orderId}")
    ResponseEntity<Object> order(@PathVariable String orderId, @AuthenticationPrincipal Caller caller, Locale locale) {
        return own(orderId, caller).map(order -> Envelope.Shown.of(OrderView.of(order, clock.instant()))).orElseGet(() -> notFound(locale));
    }

    @GetMapping("/api/user/topup/{orderId}/qr.svg")
    ResponseEntity<Object> code(@PathVariable String orderId, @AuthenticationPrincipal Caller caller, Locale locale) {
        return own(orderId, caller)
                .flatMap(order -> OrderView.of(order, clock.instant()).qrCode())
                .map(code -> ResponseEntity.ok().contentType(MediaType.valueOf("image/svg+xml")).cacheControl(CacheControl.noStore())
                        .<Object>body(QrSvg.of(code)))
                .orElseGet(() -> notFound(locale));
    }

    /// Server-sent events: the order as it is after each move. `Last-Event-ID` is the last version that was seen.
    @GetMapping("/api/user/topup/{orderId}/events")
    ResponseEntity<?> progress(
            @PathVariable String orderId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @AuthenticationPrincipal Caller caller,
            Locale locale) {
        Optional<TopUpOrder> order = own(orderId, caller);
        if (order.isEmpty()) {
            return notFound(locale);
        }
        // An id that is not ours is as good as none: the page gets everything.
        int seen = lastEventId != null && lastEventId.matches("[0-9]{1,9}") ? Integer.parseInt(lastEventId) : 0;
        return streams
                .open(order.get(), seen)
                .<ResponseEntity<?>>map(events -> ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM)
                        .cacheControl(CacheControl.noStore()).header("X-Accel-Buffering", "no").body(events))
                .orElseGet(() -> Envelope.refusal(Refusal.later(AnswerCode.TOO_MANY_STREAMS, InputLimits.RETRY_AFTER_OUTAGE), locale));
    }

    @GetMapping("/api/user/topup/self")
    ResponseEntity<Object> history(
            @RequestParam(defaultValue = "1") int p,
            @RequestParam(name = "page_size", defaultValue = "10") int pageSize,
            @RequestParam(defaultValue = "") String keyword,
            @AuthenticationPrincipal Caller caller,
            Locale locale) {
        // PostgreSQL knows no NUL.
        boolean keywordIsNone = keyword.length() > InputLimits.KEYWORD_LENGTH || keyword.indexOf('\0') >= 0;
        if (p < 1 || pageSize < 1 || pageSize > InputLimits.PAGE_SIZE || keywordIsNone) {
            return Envelope.refusal(
                    Refusal.of(AnswerCode.MALFORMED,
                            "p >= 1, page_size 1.." + InputLimits.PAGE_SIZE + ", keyword <= " + InputLimits.KEYWORD_LENGTH),
                    locale);
        }
        Orders.History page = orders.history(caller.userId().value(), keyword, pageSize, (p - 1L) * pageSize);
        return Envelope.Shown
                .of(Map.of("items", page.orders().stream().map(order -> OrderView.of(order, clock.instant())).toList(), "total",
                        page.total(),
                        "page", p, "page_size", pageSize));
    }

    @GetMapping("/api/user/quota")
    ResponseEntity<Object> quota(@AuthenticationPrincipal Caller caller) {
        return Envelope.Shown.of(Map.of("quota", orders.creditedQuota(caller.userId().value())));
    }

    private Optional<TopUpOrder> own(String orderId, Caller caller) {
        return orders.findByTradeNoAndUserId(orderId, caller.userId().value());
    }

    private static ResponseEntity<Object> notFound(Locale locale) {
        return Envelope.refusal(Refusal.of(AnswerCode.NOT_FOUND), locale);
    }
}
