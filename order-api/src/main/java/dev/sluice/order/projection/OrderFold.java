package dev.sluice.order.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.DecodedRecord.Fact;
import dev.sluice.order.OrderRows;
import dev.sluice.order.Progress;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.refund.RefundFold;

/// One order while a poll's facts are applied to it, in the order of the log.
final class OrderFold {
    private final TopUpOrder order;
    private final Set<TransactionId> creditedBy;
    private final List<OrderRows.Move> moves = new ArrayList<>();
    private final Optional<RefundFold> refunds;
    private long credited;

    OrderFold(OrderRows.Locked locked, Optional<RefundFold> refunds) {
        this.refunds = refunds;
        this.order = locked.order();
        this.creditedBy = new HashSet<>(locked.creditedBy());
        this.credited = locked.credited();
    }

    void apply(Fact fact) {
        Progress now = moves.isEmpty() ? order.progress() : moves.getLast().progress();
        Optional<Progress> next = switch (fact.event()) {
            case PaymentConfirmed payment -> now.pay(payment.transactionId(), payment.money(), payment.paidAt());
            case QuotaCredited credit -> credit(now, credit, fact.at());
            case PaymentHeld _ -> now.hold();
            case OrderClosed _ -> now.close();
            case RefundEvent _ -> refund(now);
            case OrderCreated _,HoldResolved _,CheckRequested _,CancelRequested _ -> Optional.empty();
        };
        next.ifPresent(progress -> moves
                .add(new OrderRows.Move(order.tradeNumber(), order.version() + moves.size() + 1, progress, fact.at())));
    }

    private Optional<Progress> refund(Progress now) {
        TransactionId payment = now.transactionId();
        if (payment == null) {
            return Optional.empty();
        }
        Money paid = now.paidMoney() == null ? order.money() : now.paidMoney();
        return refunds.map(all -> all.status(payment, paid.minorUnits(), now.withoutRefunds())).filter(to -> to != now.status())
                .flatMap(now::refund);
    }

    private Optional<Progress> credit(Progress now, QuotaCredited credit, Instant at) {
        if (credit.userId().equals(order.purchase().userId()) && creditedBy.add(credit.transactionId())) {
            credited += credit.quota().units();
        }
        return now.credit(credit.transactionId(), at, credit.late(), credited, credit.balance().units());
    }

    List<OrderRows.Move> moves() {
        return moves;
    }
}
