package dev.sluice.order.view;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.Quote;
import dev.sluice.order.OrderStatus;
import dev.sluice.order.Progress;
import dev.sluice.order.SupportCode;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.hold.Hold;
import dev.sluice.order.hold.Holds;

/// Shows orders to their owners.
@Component
public class OrderViews {
    private final Holds holds;
    private final LinkKeys links;
    private final Clock clock;

    OrderViews(Holds holds, LinkKeys links, Clock clock) {
        this.holds = holds;
        this.links = links;
        this.clock = clock;
    }

    /// An order as its owner sees it now.
    ///
    /// @param locale the owner's
    public OrderView of(TopUpOrder order, Locale locale) {
        return of(List.of(order), locale).getFirst();
    }

    /// Orders as their owner sees them now, in their order.
    ///
    /// @param locale the owner's
    public List<OrderView> of(List<TopUpOrder> orders, Locale locale) {
        // Nothing was paid for the others.
        List<String> numbers = orders.stream().filter(order -> !order.status().awaitsMoney()).map(TopUpOrder::tradeNo).distinct().toList();
        Map<String, List<Hold>> held = holds.of(numbers);
        Map<String, Long> refunded = holds.refunds(numbers);
        Instant now = clock.instant();
        return orders.stream().map(order -> view(order, held.getOrDefault(order.tradeNo(), List.of()).stream()
                .map(hold -> HeldPayment.of(hold, locale)).toList(), refunded.get(order.tradeNo()), now)).toList();
    }

    private OrderView view(TopUpOrder order, List<HeldPayment> held, @Nullable Long refunded, Instant now) {
        Progress progress = order.progress();
        Quote quote = order.purchase().quote();
        boolean unpaid = order.status().awaitsMoney() && order.expiresAt().isAfter(now);
        PayAction action = unpaid && order.status() == OrderStatus.AWAITING_PAYMENT ? progress.payAction() : null;
        Money paid = progress.paidMoney();
        long quota = progress.creditedAt() == null ? order.quota() : progress.creditedQuota();
        Long balance = progress.balance();
        return new OrderView(
                order.tradeNo(),
                order.provider().code(),
                quote.amount(),
                quote.displayType(),
                quote.quotaPerUnit(),
                quote.price(),
                order.money().decimal(),
                paid == null ? null : paid.decimal(),
                refunded == null ? null : new Money(refunded, (paid == null ? order.money() : paid).currency()).decimal(),
                quota,
                balance == null ? null : balance - quota,
                balance,
                order.status(),
                OrderView.textOf(action),
                action,
                order.createdAt(),
                order.expiresAt(),
                progress.paidAt(),
                progress.creditedAt(),
                progress.transactionId(),
                progress.late(),
                held,
                SupportCode.of(order.tradeNo()).toString(),
                unpaid ? links.keyOf(order.tradeNo()).orElse(null) : null,
                now);
    }
}
