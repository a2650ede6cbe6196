package dev.sluice.order.link;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.event.value.DisplayType;
import dev.sluice.event.value.PayAction;
import dev.sluice.order.OrderStatus;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.QrSvg;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.order.view.LinkKeys;
import dev.sluice.order.view.OrderView;
import dev.sluice.order.view.OrderViews;

/// An order that its owner shared: the bearer of the link's key sees what paying it needs, as long as it may be paid, and then its status.
/// Nothing shows who placed it, what its payment was, or that an order exists whose key is another.
@RestController
class LinkController {
    private static final String KEY = "Sluice-Link";

    private final Orders orders;
    private final OrderViews views;
    private final LinkKeys keys;
    private final Supplier<SalesTerms> terms;

    LinkController(Orders orders, OrderViews views, LinkKeys keys, Supplier<SalesTerms> terms) {
        this.orders = orders;
        this.views = views;
        this.keys = keys;
        this.terms = terms;
    }

    /// A shared order.
    ///
    /// @param merchant the name of who is paid
    /// @param payment  what paying it needs, as long as it may be paid
    /// @param now      the server's time of this answer
    record LinkedOrder(String orderId, OrderStatus status, @Nullable String merchant, @Nullable LinkedPayment payment, Instant now) {}

    /// What paying a shared order needs.
    ///
    /// @param amount  what is bought, in `quotaDisplayType`
    /// @param subject what the payer reads in the provider's app
    /// @param payUrl  `null` until the code exists
    record LinkedPayment(String paymentMethod, String money, long amount, DisplayType quotaDisplayType, String subject, Instant expiresAt,
            @Nullable String payUrl, @Nullable PayAction payAction) {
        static LinkedPayment of(OrderView view, String subject) {
            return new LinkedPayment(view.paymentMethod(), view.money(), view.amount(), view.quotaDisplayType(), subject, view.expiresAt(),
                    view.payUrl(), view.payAction());
        }
    }

    @GetMapping("/api/link/{orderId}")
    ResponseEntity<Shown<LinkedOrder>> linkedOrder(@PathVariable String orderId, @RequestHeader(name = KEY, defaultValue = "") String key,
            Locale locale) {
        TopUpOrder order = shared(orderId, key);
        OrderView view = views.of(order, locale);
        LinkedPayment payment = view.linkKey() == null ? null : LinkedPayment.of(view, order.created().subject());
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Shown.of(new LinkedOrder(view.orderId(), view.status(),
                terms.get().payee().name().orElse(null), payment, view.now())));
    }

    @GetMapping(path = "/api/link/{orderId}/qr.svg", produces = "image/svg+xml")
    ResponseEntity<String> linkedCode(@PathVariable String orderId, @RequestHeader(name = KEY, defaultValue = "") String key,
            Locale locale) {
        String code = views.of(shared(orderId, key), locale).qrCode().orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception());
        return ResponseEntity.ok().contentType(MediaType.valueOf("image/svg+xml")).cacheControl(CacheControl.noStore())
                .body(QrSvg.of(code));
    }

    private TopUpOrder shared(String orderId, String key) {
        return (keys.opens(orderId, key) ? orders.findByTradeNo(orderId) : Optional.<TopUpOrder>empty())
                .orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception());
    }
}
