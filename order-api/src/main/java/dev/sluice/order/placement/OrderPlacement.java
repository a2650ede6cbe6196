package dev.sluice.order.placement;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.Purchase;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Scene;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.order.pricing.PriceList;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnection;

/// Places an order: row, log, provider, code, in this order; each step may be repeated. A retry with the same key continues where the first
/// attempt stopped. The row is inserted here, the rest is in [OrderCodes].
@Component
class OrderPlacement {
    private final Supplier<SalesTerms> salesTerms;
    private final Orders orders;
    private final OrderLimits limits;
    private final Clock clock;
    private final PaymentChannels channels;
    private final OrderCodes codes;

    OrderPlacement(Supplier<SalesTerms> salesTerms, Orders orders, OrderLimits limits, Clock clock, PaymentChannels channels,
            OrderCodes codes) {
        this.salesTerms = salesTerms;
        this.orders = orders;
        this.limits = limits;
        this.clock = clock;
        this.channels = channels;
        this.codes = codes;
    }

    /// What is asked for.
    ///
    /// @param key the caller's `Idempotency-Key`, or one made for this request
    record Request(Caller caller, Provider provider, long amount, String key, String clientAddress) {}

    /// What came of it.
    sealed interface Placement {
        /// The order has a code.
        record Placed(TopUpOrder order) implements Placement {}

        record Refused(Refusal refusal) implements Placement {}
    }

    Placement place(Request request) {
        // All of one order by the same settings.
        SalesTerms terms = salesTerms.get();
        Optional<TopUpOrder> before = orders.findByUserIdAndIdempotencyKey(request.caller().user(), request.key());
        Optional<ProviderConnection> payment = terms.payMethods().offered(request.provider());
        if (payment.isEmpty()) {
            // Switched off, a method takes no new orders; this may be an old one.
            return before.flatMap(order -> withoutAsking(request, order))
                    .orElseGet(() -> new Placement.Refused(notOffered(request.provider())));
        }
        return before.map(order -> again(request, order, payment.get())).orElseGet(() -> placeNew(request, terms, payment.get()));
    }

    private Optional<Placement> withoutAsking(Request request, TopUpOrder order) {
        if (!order.provider().equals(request.provider()) || order.amount() != request.amount()) {
            return Optional.of(new Placement.Refused(Refusal.of(OrderCode.IDEMPOTENCY_CONFLICT)));
        }
        return switch (order.status()) {
            case NEW -> Optional.empty();
            case AWAITING_PAYMENT -> Optional.of(order.expiresAt().isAfter(clock.instant())
                    ? new Placement.Placed(order)
                    : new Placement.Refused(Refusal.of(OrderCode.ORDER_ENDED)));
            case PAID, CREDITED, HELD, REFUNDING, PARTIALLY_REFUNDED, REFUNDED -> Optional.of(new Placement.Placed(order));
            case CLOSED -> Optional.of(new Placement.Refused(Refusal.of(OrderCode.ORDER_ENDED)));
        };
    }

    /// Whether orders can be placed by the method at all, offered or not.
    boolean knows(String method) {
        return channels.find(method).isPresent();
    }

    Refusal notOffered(Provider provider) {
        return channels.find(provider).map(channel -> Refusal.of(OrderCode.METHOD_NOT_OFFERED, channel.presentation().payment()))
                .orElseGet(() -> Refusal.of(OrderCode.METHOD_UNKNOWN));
    }

    private Placement again(Request request, TopUpOrder order, ProviderConnection payment) {
        if (!order.provider().equals(request.provider()) || order.amount() != request.amount()) {
            return new Placement.Refused(Refusal.of(OrderCode.IDEMPOTENCY_CONFLICT));
        }
        return switch (order.status()) {
            case NEW, AWAITING_PAYMENT ->
                canBePaid(order, payment) ? codes.codeOf(order, payment) : new Placement.Refused(Refusal.of(OrderCode.ORDER_ENDED));
            case PAID, CREDITED, HELD, REFUNDING, PARTIALLY_REFUNDED, REFUNDED -> new Placement.Placed(order);
            case CLOSED -> new Placement.Refused(Refusal.of(OrderCode.ORDER_ENDED));
        };
    }

    /// Its time is not over, and the account that it names is still the one that we speak for.
    private boolean canBePaid(TopUpOrder order, ProviderConnection payment) {
        return order.expiresAt().isAfter(clock.instant()) && payment.merchant().equals(order.created().merchant());
    }

    private Placement placeNew(Request request, SalesTerms terms, ProviderConnection payment) {
        return switch (terms.priceList().price(request.provider(), request.amount(), request.caller().group())) {
            case PriceList.Pricing.Refused(var refusal) -> new Placement.Refused(refusal);
            case PriceList.Pricing.Priced priced -> {
                TopUpOrder order = TopUpOrder.of(created(request, terms, priced, payment), request.key(), request.clientAddress(),
                        terms.payMethods().notifyUrl(request.provider()).toString());
                yield insertAndFetch(request, terms, order, payment);
            }
        };
    }

    private OrderCreated created(Request request, SalesTerms terms, PriceList.Pricing.Priced priced, ProviderConnection payment) {
        // PostgreSQL keeps microseconds, and a fact that is appended twice must be the same.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new OrderCreated(
                TradeNumber.next(),
                request.provider(),
                payment.merchant(),
                Scene.NATIVE,
                priced.money(),
                terms.subject(),
                now,
                now.plus(terms.expiry()),
                new Purchase.TopUp(new UserId(request.caller().user()), priced.quota(), priced.quote()));
    }

    private Placement insertAndFetch(Request request, SalesTerms terms, TopUpOrder order, ProviderConnection payment) {
        try {
            return limits.insertWithin(order, terms.dailyLimit()).<Placement>map(Placement.Refused::new)
                    .orElseGet(() -> codes.codeOf(order, payment));
        } catch (DuplicateKeyException e) {
            // The same key at the same moment: the other one's order is the order.
            return orders.findByUserIdAndIdempotencyKey(order.userId(), order.origin().idempotencyKey())
                    .map(found -> again(request, found, payment))
                    .orElseThrow(() -> e);
        }
    }
}
