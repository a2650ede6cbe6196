package dev.sluice.order.placement;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.Shown;
import dev.sluice.edge.answer.Success;
import dev.sluice.event.value.DisplayType;
import dev.sluice.event.value.Provider;
import dev.sluice.order.pricing.AmountPrice;
import dev.sluice.order.pricing.Payee;
import dev.sluice.order.pricing.PaymentMethods;
import dev.sluice.order.pricing.PriceList;
import dev.sluice.order.pricing.PriceList.Pricing;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;

/// What there is to buy, and what it costs.
@RestController
class PriceController {
    private final Supplier<SalesTerms> terms;
    private final OrderPlacement placement;
    private final PaymentChannels channels;
    private final AskedMethod asked;

    PriceController(Supplier<SalesTerms> terms, OrderPlacement placement, PaymentChannels channels) {
        this.terms = terms;
        this.placement = placement;
        this.channels = channels;
        asked = new AskedMethod(channels);
    }

    /// What there is to buy.
    ///
    /// @param payMethods  those that are offered, with Chinese names, for the front ends of the first plan
    /// @param methods     those that are set up, in the reader's language
    /// @param merchant    who is paid
    /// @param ofProviders `enable_wechat_topup` and `wechat_min_topup`, of each provider
    record Offer(
            List<OfferedMethod> payMethods,
            List<Method> methods,
            ShownMerchant merchant,
            List<Long> amountOptions,
            Map<String, BigDecimal> discount,
            BigDecimal price,
            long quotaPerUnit,
            DisplayType quotaDisplayType,
            long expireMinutes,
            @JsonAnyGetter Map<String, Object> ofProviders) {}

    /// A payment method that is offered.
    record OfferedMethod(String name, String type, String color, long minTopup) {}

    /// A payment method that is set up.
    ///
    /// @param offered whether orders are taken for it now
    record Method(String name, String type, long minTopup, boolean offered) {}

    /// The merchant as the payer reads it, as far as an operator has set it.
    ///
    /// @param address the page that the payer returns to
    record ShownMerchant(@Nullable String name, @Nullable String address) {
        static ShownMerchant of(Payee payee) {
            return new ShownMerchant(payee.name().orElse(null), payee.address().orElse(null));
        }
    }

    @GetMapping("/api/user/topup/info")
    Shown<Offer> info(Locale locale) {
        SalesTerms now = terms.get();
        PriceList prices = now.priceList();
        PaymentMethods methods = now.payMethods();
        List<PaymentChannel> offered = methods.all();
        Map<String, Object> ofProviders = new LinkedHashMap<>();
        channels.all().forEach(channel -> {
            String code = channel.provider().code();
            ofProviders.put("enable_" + code + "_topup", offered.contains(channel));
            ofProviders.put(code + "_min_topup", prices.minimumAmount(channel.provider()));
        });
        return Shown.of(new Offer(
                offered.stream()
                        .map(channel -> new OfferedMethod(channel.presentation().name().in(Locale.CHINESE), channel.provider().code(),
                                channel.presentation().color(), prices.minimumAmount(channel.provider())))
                        .toList(),
                methods.setUp(channels).stream()
                        .map(channel -> new Method(channel.presentation().name().in(locale), channel.provider().code(),
                                prices.minimumAmount(channel.provider()), offered.contains(channel)))
                        .toList(),
                ShownMerchant.of(now.payee()), prices.amountOptions(), prices.discounts(), prices.price(), prices.quotaPerUnit(),
                prices.displayType(),
                now.expiry().toMinutes(), ofProviders));
    }

    /// The body of `amount`.
    record AmountRequest(long amount, String paymentMethod) {}

    @PostMapping(path = "/api/user/amount", consumes = MediaType.APPLICATION_JSON_VALUE)
    Success<String> amount(@RequestBody AmountRequest request, @AuthenticationPrincipal Caller caller) {
        Provider provider = offered(request.amount(), request.paymentMethod());
        return switch (terms.get().priceList().price(provider, request.amount(), caller.group())) {
            case Pricing.Priced priced -> Success.of(priced.money().decimal());
            case Pricing.Refused(var refusal) -> throw refusal.exception();
        };
    }

    /// The body of `prices`.
    record PricesRequest(List<Long> amounts, String paymentMethod) {}

    /// The prices of several amounts at once.
    @PostMapping(path = "/api/user/prices", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shown<List<AmountPrice>> prices(@RequestBody PricesRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
        AmountPrice.check(request.amounts());
        Provider provider = offered(0, request.paymentMethod());
        PriceList prices = terms.get().priceList();
        return Shown
                .of(request.amounts().stream().map(amount -> AmountPrice.of(prices, provider, amount, caller.group(), locale)).toList());
    }

    private Provider offered(long amount, String paymentMethod) {
        Provider provider = asked.of(amount, paymentMethod);
        if (terms.get().payMethods().offered(provider).isEmpty()) {
            throw placement.notOffered(provider).exception();
        }
        return provider;
    }
}
