package dev.sluice.order.progress;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.order.OrderStatus;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.order.answer.QrSvg;
import dev.sluice.order.view.OrderView;
import dev.sluice.order.view.OrderViews;

/// A user's own orders: one, its code, its progress, all of them, and what they brought. Another user's order does not exist here.
@RestController
class OrderController {
    private final Orders orders;
    private final ProgressStreams streams;
    private final OrderViews views;

    OrderController(Orders orders, ProgressStreams streams, OrderViews views) {
        this.orders = orders;
        this.streams = streams;
        this.views = views;
    }

    /// A page of a user's orders.
    ///
    /// @param total of all pages
    /// @param page  from 1
    record History(List<OrderView> items, long total, int page, int pageSize) {}

    /// All quota that payments credited to a user.
    record Credited(long quota) {}

    @GetMapping("/api/user/topup/{orderId}")
    Shown<OrderView> order(@PathVariable String orderId, @AuthenticationPrincipal Caller caller, Locale locale) {
        return Shown.of(views.of(own(orderId, caller), locale));
    }

    @GetMapping(path = "/api/user/topup/{orderId}/qr.svg", produces = "image/svg+xml")
    ResponseEntity<String> code(@PathVariable String orderId, @AuthenticationPrincipal Caller caller, Locale locale) {
        String code = views.of(own(orderId, caller), locale).qrCode()
                .orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception());
        return ResponseEntity.ok().contentType(MediaType.valueOf("image/svg+xml")).cacheControl(CacheControl.noStore())
                .body(QrSvg.of(code));
    }

    /// Server-sent events: the order as it is after each move. `Last-Event-ID` is the last version that was seen.
    @GetMapping("/api/user/topup/{orderId}/events")
    ResponseEntity<Flux<ServerSentEvent<OrderView>>> progress(
            @PathVariable String orderId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @AuthenticationPrincipal Caller caller,
            Locale locale) {
        TopUpOrder order = own(orderId, caller);
        // An id that is not ours is as good as none: the page gets everything.
        int seen = lastEventId != null && lastEventId.matches("[0-9]{1,9}") ? Integer.parseInt(lastEventId) : 0;
        Flux<ServerSentEvent<OrderView>> events = streams.open(order, seen, locale)
                .orElseThrow(() -> Refusal.soon(OrderCode.TOO_MANY_STREAMS).exception());
        return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no").body(events);
    }

    @GetMapping("/api/user/topup/self")
    Shown<History> history(
            @RequestParam(defaultValue = "1") int p,
            @RequestParam(name = "page_size", defaultValue = "10") int pageSize,
            @RequestParam(defaultValue = "") String keyword,
            @RequestParam(defaultValue = "") Set<OrderStatus> status,
            @AuthenticationPrincipal Caller caller,
            Locale locale) {
        // PostgreSQL knows no NUL.
        boolean keywordIsNone = keyword.length() > InputLimits.KEYWORD_LENGTH || keyword.indexOf('\0') >= 0;
        if (p < 1 || pageSize < 1 || pageSize > InputLimits.PAGE_SIZE || keywordIsNone) {
            String allowed = "p >= 1, page_size 1.." + InputLimits.PAGE_SIZE + ", keyword <= " + InputLimits.KEYWORD_LENGTH;
            throw Refusal.of(EdgeCode.MALFORMED, allowed).exception();
        }
        Orders.History page = orders.history(caller.user(),
                new Orders.Selection(keyword, status, pageSize, (p - 1L) * pageSize));
        return Shown.of(new History(views.of(page.orders(), locale), page.total(), p, pageSize));
    }

    @GetMapping("/api/user/quota")
    Shown<Credited> quota(@AuthenticationPrincipal Caller caller) {
        return Shown.of(new Credited(orders.creditedQuota(caller.user())));
    }

    private TopUpOrder own(String orderId, Caller caller) {
        return orders.findByTradeNoAndUserId(orderId, caller.user())
                .orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception());
    }
}
