package dev.sluice.order.placement;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.ClientAddress;
import dev.sluice.event.value.Provider;
import dev.sluice.order.OrderView;
import dev.sluice.order.QrSvg;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.Caller;
import dev.sluice.order.answer.Envelope;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.Refusal;
import dev.sluice.order.pricing.PriceList;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.provider.alipay.AlipayMerchant;
import dev.sluice.provider.wechat.v2.WechatMerchant;

/// What there is to buy, what it costs, and buying it.
@RestController
class TopUpController {
    private final Supplier<SalesTerms> shop;
    private final OrderPlacement placement;
    private final ClientAddress clientAddress;
    private final Clock clock;

    TopUpController(Supplier<SalesTerms> shop, OrderPlacement placement, ClientAddress clientAddress, Clock clock) {
        this.shop = shop;
        this.placement = placement;
        this.clientAddress = clientAddress;
        this.clock = clock;
    }

    /// The body of `amount` and `pay`.
    record TopUpRequest(long amount, String paymentMethod) {}

    private record Method(String name, String type, String color, long minTopup) {}

    private record Payable(@Nullable String payUrl, String orderId, String money, long quota, Instant expiresAt, @Nullable String qrSvg) {
        static Payable of(TopUpOrder order, Instant now) {
            OrderView view = OrderView.of(order, now);
            return new Payable(view.payUrl(), view.orderId(), view.money(), view.quota(), view.expiresAt(),
                    view.payUrl() == null ? null : QrSvg.of(view.payUrl()));
        }
    }

    @GetMapping("/api/user/topup/info")
    ResponseEntity<Object> info() {
        PriceList prices = shop.get().priceList();
        List<Provider> offered = shop.get().payMethods().all();
        return Envelope.Shown.of(
                Map.ofEntries(
                        Map.entry("enable_wechat_topup", offered.contains(WechatMerchant.PROVIDER)),
                        Map.entry("wechat_min_topup", prices.minimumAmount(WechatMerchant.PROVIDER)),
                        Map.entry("enable_alipay_topup", offered.contains(AlipayMerchant.PROVIDER)),
                        Map.entry("alipay_min_topup", prices.minimumAmount(AlipayMerchant.PROVIDER)),
                        Map.entry("pay_methods", offered.stream().map(this::method).toList()),
                        Map.entry("amount_options", prices.amountOptions()),
                        Map.entry("discount", prices.discounts()),
                        Map.entry("price", prices.price()),
                        Map.entry("quota_per_unit", prices.quotaPerUnit()),
                        Map.entry("quota_display_type", prices.displayType())));
    }

    private Method method(Provider provider) {
        long minimum = shop.get().priceList().minimumAmount(provider);
        return switch (provider.code()) {
            case "wechat" -> new Method("微信支付", provider.code(), "rgba(var(--semi-green-5), 1)", minimum);
            default -> new Method("支付宝", provider.code(), "rgba(var(--semi-blue-5), 1)", minimum);
        };
    }

    @PostMapping(path = "/api/user/amount", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> amount(
            @RequestBody TopUpRequest request,
            @AuthenticationPrincipal Jwt token,
            Locale locale) {
        return checked(request, locale, provider -> {
            if (shop.get().payMethods().offered(provider).isEmpty()) {
                return Envelope.refusal(OrderPlacement.notOffered(provider), locale);
            }
            return switch (shop.get().priceList().price(provider, request.amount(), Caller.of(token).group())) {
                case PriceList.Pricing.Priced priced -> Envelope.success(priced.money().decimal());
                case PriceList.Pricing.Refused(var refusal) -> Envelope.refusal(refusal, locale);
            };
        });
    }

    @PostMapping(path = {"/api/user/wechat/pay", "/api/user/alipay/pay"}, consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> pay(
            @RequestBody TopUpRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @AuthenticationPrincipal Jwt token,
            ServerHttpRequest http,
            Locale locale) {
        String address = clientAddress.of(http);
        String key = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
        if (!key.matches("[\\x21-\\x7e]{1," + InputLimits.IDEMPOTENCY_KEY_LENGTH + "}")) {
            return Envelope.refusal(Refusal.of(AnswerCode.MALFORMED, "Idempotency-Key"), locale);
        }
        return checked(request, locale, provider -> {
            if (!http.getPath().value().equals("/api/user/" + provider.code() + "/pay")) {
                return Envelope.refusal(Refusal.of(AnswerCode.METHOD_UNKNOWN), locale);
            }
            var asked = new OrderPlacement.Request(Caller.of(token), provider, request.amount(), key, address);
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
        Optional<Provider> provider = List.of(WechatMerchant.PROVIDER, AlipayMerchant.PROVIDER).stream()
                .filter(each -> each.code().equals(request.paymentMethod())).findFirst();
        return provider.map(answer).orElseGet(() -> Envelope.refusal(Refusal.of(AnswerCode.METHOD_UNKNOWN), locale));
    }
}
