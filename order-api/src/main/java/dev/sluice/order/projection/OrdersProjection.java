package dev.sluice.order.projection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.DecodedRecord.Fact;
import dev.sluice.log.Topic;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.log.follow.View;
import dev.sluice.order.OrderInsertion;
import dev.sluice.order.OrderRows;
import dev.sluice.order.hold.Holds;
import dev.sluice.order.refund.OrderRefunds;
import dev.sluice.order.refund.RefundFold;

/// The orders, their credits and their holds, as the log has them. A poll's facts are folded order by order and written with at most five
/// statements, one more when it has payments that were refunded before, and two more when it has refunds. A fact that comes again moves nothing.
public class OrdersProjection implements View {
    private final OrderInsertion insertion;
    private final OrderRows rows;
    private final Holds holds;
    private final OrderRefunds refunds;

    OrdersProjection(OrderInsertion insertion, OrderRows rows, Holds holds, OrderRefunds refunds) {
        this.insertion = insertion;
        this.rows = rows;
        this.holds = holds;
        this.refunds = refunds;
    }

    /// The same view on rows that are rebuilt from the log.
    public static View ofThePast(JdbcClient jdbc) {
        return new OrdersProjection(OrderInsertion.ofThePast(jdbc), OrderRows.ofThePast(jdbc), new Holds(jdbc), new OrderRefunds(jdbc));
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.EVENTS);
    }

    @Override
    public String schema() {
        return "orders";
    }

    @Override
    public void apply(List<LogRecord> records) {
        List<Fact> facts = records.stream().map(LogRecord::content).filter(Fact.class::isInstance).map(Fact.class::cast).toList();
        // Usually inserted before it was appended; when the rows are rebuilt from the log, this is where they come from.
        insertion.restore(of(facts, OrderCreated.class).stream()
                .collect(Collectors.toMap(OrderCreated::tradeNumber, Function.identity(), (first, _) -> first, LinkedHashMap::new))
                .values());
        Map<TradeNumber, RefundFold> refunded = refunds.folds(of(facts, RefundEvent.class).stream().map(RefundEvent::tradeNumber)
                .collect(Collectors.toSet()));
        move(facts.stream().filter(OrdersProjection::mayMove).toList(), refunded);
        refunds.save(refunded.values());
        rows.recordCredits(of(facts, QuotaCredited.class));
        // Before this poll's refunds are kept: each decision is judged by those that are before it in the log.
        follow(facts, refunded);
        holds.refunded(
                of(facts, PaymentConfirmed.class).stream().filter(payment -> payment.refunded().minorUnits() > 0).toList(),
                of(facts, OrderClosed.class).stream().filter(closed -> closed.reason() == CloseReason.REFUNDED)
                        .map(OrderClosed::tradeNumber).toList());
    }

    /// At once, as far as no refund of held money came to nothing: after that its payment is decided about anew.
    private void follow(List<Fact> facts, Map<TradeNumber, RefundFold> refunds) {
        Set<TradeNumber> refunded = new HashSet<>();
        List<Holds.Held> held = new ArrayList<>();
        List<Holds.Act> acts = new ArrayList<>();
        for (Fact fact : facts) {
            switch (fact.event()) {
                case OrderClosed closed when closed.reason() == CloseReason.REFUNDED -> refunded.add(closed.tradeNumber());
                case PaymentHeld payment -> held.add(new Holds.Held(payment, fact.at()));
                case HoldResolved decision -> acts.add(new Holds.Act(decision, refunded.contains(decision.tradeNumber())));
                case RefundEvent event -> Optional.ofNullable(refunds.get(event.tradeNumber())).flatMap(fold -> fold.reopens(event))
                        .ifPresent(payment -> {
                            holds.follow(held, acts);
                            held.clear();
                            acts.clear();
                            holds.reopen(event.tradeNumber(), payment.provider(), payment.transactionId());
                        });
                case OrderCreated _,PaymentConfirmed _,QuotaCredited _,OrderClosed _,CheckRequested _,CancelRequested _ -> {
                }
            }
        }
        holds.follow(held, acts);
    }

    private void move(List<Fact> facts, Map<TradeNumber, RefundFold> refunded) {
        Map<TradeNumber, OrderFold> orders = rows.lock(facts.stream().map(fact -> fact.event().tradeNumber()).collect(Collectors.toSet()))
                .stream().collect(Collectors.toMap(locked -> locked.order().tradeNumber(),
                        locked -> new OrderFold(locked, Optional.ofNullable(refunded.get(locked.order().tradeNumber())))));
        facts.forEach(fact -> {
            if (fact.event() instanceof RefundEvent refund) {
                Objects.requireNonNull(refunded.get(refund.tradeNumber())).apply(refund, fact.at());
            }
            OrderFold order = orders.get(fact.event().tradeNumber());
            if (order != null) {
                order.apply(fact);
            }
        });
        rows.move(orders.values().stream().flatMap(order -> order.moves().stream()).toList());
    }

    private static boolean mayMove(Fact fact) {
        return switch (fact.event()) {
            case PaymentConfirmed _,QuotaCredited _,PaymentHeld _,OrderClosed _,RefundEvent _ -> true;
            case OrderCreated _,HoldResolved _,CheckRequested _,CancelRequested _ -> false;
        };
    }

    private static <T extends TopUpEvent> List<T> of(List<Fact> facts, Class<T> type) {
        return facts.stream().map(Fact::event).filter(type::isInstance).map(type::cast).toList();
    }

    /// Deletes moves of which no page is open any more.
    @Scheduled(fixedRateString = "${sluice.progress.forget-every:1m}")
    void forget() {
        rows.forgetProgress();
    }
}
