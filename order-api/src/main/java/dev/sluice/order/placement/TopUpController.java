package dev.sluice.order.placement;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.ClientAddress;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.Provider;
import dev.sluice.order.OrderView;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.Caller;
import dev.sluice.order.answer.Envelope;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.QrSvg;
import dev.sluice.order.answer.Refusal;
import dev.sluice.order.pricing.PriceList;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.Presentation;

/// What there is to buy, what it costs, and buying it.
@RestController
class TopUpController {
    private final Supplier<SalesTerms> terms;
    private final OrderPlacement placement;
    private final PaymentChannels channels;
    private final ClientAddress clientAddress;
    private final Clock clock;

    TopUpController(Supplier<SalesTerms> terms, OrderPlacement placement, PaymentChannels channels, ClientAddress clientAddress,
            Clock clock) {
        this.terms = terms;
        this.placement = placement;
        this.channels = channels;
        this.clientAddress = clientAddress;
        this.clock = clock;
    }

    /// The body of `amount` and `pay`.
    record TopUpRequest(long amount, String paymentMethod) {}

    private record Method(String name, String type, String color, long minTopup) {}

    private record Payable(@Nullable String payUrl, @Nullable PayAction payAction, String orderId, String money, long quota,
            Instant expiresAt, @Nullable String qrSvg) {
        static Payable of(TopUpOrder order, Instant now) {
            OrderView view = OrderView.of(order, now);
            return new Payable(view.payUrl(), view.payAction(), view.orderId(), view.money(), view.quota(), view.expiresAt(),
                    view.qrCode().map(QrSvg::of).orElse(null));
        }
    }

    @GetMapping("/api/user/topup/info")
    ResponseEntity<Object> info() {
        PriceList prices = terms.get().priceList();
        List<PaymentChannel> offered = terms.get().payMethods().all();
        Map<String, Object> info = new LinkedHashMap<>();
        channels.all().forEach(channel -> {
            String code = channel.provider().code();
            info.put("enable_" + code + "_topup", offered.contains(channel));
            info.put(code + "_min_topup", prices.minimumAmount(channel.provider()));
        });
        info.put("pay_methods", offered.stream().map(channel -> method(channel, prices)).toList());
        info.put("amount_options", prices.amountOptions());
        info.put("discount", prices.discounts());
        info.put("price", prices.price());
        info.put("quota_per_unit", prices.quotaPerUnit());
        info.put("quota_display_type", prices.displayType());
        return Envelope.Shown.of(info);
    }

    private static Method method(PaymentChannel channel, PriceList prices) {
        Presentation shown = channel.presentation();
        return new Method(shown.name().in(Locale.CHINESE), channel.provider().code(), shown.color(),
                prices.minimumAmount(channel.provider()));
    }

    @PostMapping(path = "/api/user/amount", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> amount(
            @RequestBody TopUpRequest request,
            @AuthenticationPrincipal Caller caller,
            Locale locale) {
        return checked(request, locale, provider -> {
            if (terms.get().payMethods().offered(provider).isEmpty()) {
                return Envelope.refusal(placement.notOffered(provider), locale);
            }
            return switch (terms.get().priceList().price(provider, request.amount(), caller.group())) {
                case PriceList.Pricing.Priced priced -> Envelope.success(priced.money().decimal());
                case PriceList.Pricing.Refused(var refusal) -> Envelope.refusal(refusal, locale);
            };
        });
    }

    @PostMapping(path = "/api/user/{method}/pay", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> pay(
            @PathVariable String method,
            @RequestBody TopUpRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @AuthenticationPrincipal Caller caller,
            ServerHttpRequest http,
            Locale locale) {
        if (!placement.knows(method)) {
            return Envelope.refusal(Refusal.of(AnswerCode.NOT_FOUND), locale);
        }
        String address = clientAddress.of(http);
        String key = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
        if (!key.matches("[\\x21-\\x7e]{1," + InputLimits.IDEMPOTENCY_KEY_LENGTH + "}")) {
            return Envelope.refusal(Refusal.of(AnswerCode.MALFORMED, "Idempotency-Key"), locale);
        }
        return checked(request, locale, provider -> {
            if (!provider.code().equals(method)) {
                return Envelope.refusal(Refusal.of(AnswerCode.METHOD_UNKNOWN), locale);
            }
            var asked = new OrderPlacement.Request(caller, provider, request.amount(), key, address);
            return switch (placement.place(asked)) {
                case OrderPlacement.Placement.Placed(var order) -> Envelope.success(Payable.of(order, clock.instant()));
                case OrderPlacement.Placement.Refused(var refusal) -> Envelope.refusal(refusal, locale);
            };
        });
    }

    private ResponseEntity<Object> checked(TopUpRequest request, Locale locale, Function<Provider, ResponseEntity<Object>> answer) {
        if (request.amount() > InputLimits.LARGEST_AMOUNT) {
            return Envelope.refusal(Refusal.of(AnswerCode.AMOUNT_TOO_LARGE), locale);
        }
        return channels.find(request.paymentMethod()).map(PaymentChannel::provider).map(answer)
                .orElseGet(() -> Envelope.refusal(Refusal.of(AnswerCode.METHOD_UNKNOWN), locale));
    }
}
