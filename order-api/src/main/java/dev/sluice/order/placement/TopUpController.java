package dev.sluice.order.placement;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.ClientAddress;
import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Success;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.Provider;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.order.answer.QrSvg;
import dev.sluice.order.view.OrderView;
import dev.sluice.order.view.OrderViews;
import dev.sluice.provider.PaymentChannels;

/// Buying quota.
@RestController
class TopUpController {
    private final OrderPlacement placement;
    private final AskedMethod asked;
    private final ClientAddress clientAddress;
    private final OrderViews views;

    TopUpController(OrderPlacement placement, PaymentChannels channels, ClientAddress clientAddress, OrderViews views) {
        this.placement = placement;
        asked = new AskedMethod(channels);
        this.clientAddress = clientAddress;
        this.views = views;
    }

    /// The body of `pay`.
    record TopUpRequest(long amount, String paymentMethod) {}

    /// An order, and what pays it.
    record Payable(@Nullable String payUrl, @Nullable PayAction payAction, String orderId, String money, long quota,
            Instant expiresAt, @Nullable String qrSvg) {
        static Payable of(OrderView view) {
            return new Payable(view.payUrl(), view.payAction(), view.orderId(), view.money(), view.quota(), view.expiresAt(),
                    view.qrCode().map(QrSvg::of).orElse(null));
        }
    }

    @PostMapping(path = "/api/user/{method}/pay", consumes = MediaType.APPLICATION_JSON_VALUE)
    Success<Payable> pay(
            @PathVariable String method,
            @RequestBody TopUpRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @AuthenticationPrincipal Caller caller,
            Locale locale,
            ServerHttpRequest http) {
        if (!placement.knows(method)) {
            throw Refusal.of(EdgeCode.NOT_FOUND).exception();
        }
        String key = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
        if (!key.matches("[\\x21-\\x7e]{1," + InputLimits.IDEMPOTENCY_KEY_LENGTH + "}")) {
            throw Refusal.of(EdgeCode.MALFORMED, "Idempotency-Key").exception();
        }
        Provider provider = asked.of(request.amount(), request.paymentMethod());
        if (!provider.code().equals(method)) {
            throw Refusal.of(OrderCode.METHOD_UNKNOWN).exception();
        }
        var wanted = new OrderPlacement.Request(caller, provider, request.amount(), key, clientAddress.of(http));
        return switch (placement.place(wanted)) {
            case OrderPlacement.Placement.Placed(var order) -> Success.of(Payable.of(views.of(order, locale)));
            case OrderPlacement.Placement.Refused(var refusal) -> throw refusal.exception();
        };
    }
}
