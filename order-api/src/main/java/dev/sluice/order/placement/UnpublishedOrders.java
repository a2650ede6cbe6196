package dev.sluice.order.placement;

import java.time.Clock;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.order.OrderTransitions;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;

/// Appends `OrderCreated` for expired orders that are not known to be in the log, so that they are closed from there. An order whose
/// placement died before the append, or found too many calls waiting, would otherwise stay NEW for ever.
@Component
class UnpublishedOrders {
    private static final Logger LOG = LoggerFactory.getLogger(UnpublishedOrders.class);

    private final Orders orders;
    private final OrderTransitions moves;
    private final EventLog eventLog;
    private final Clock clock;

    UnpublishedOrders(Orders orders, OrderTransitions moves, EventLog eventLog, Clock clock) {
        this.orders = orders;
        this.moves = moves;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${sluice.reminders.every:1m}")
    void remind() {
        List<TradeNumber> forgotten = moves.claimUnpublished(clock.instant(), Limits.BETWEEN_REMINDERS, Limits.REMIND_FOR,
                Limits.REMINDERS_AT_ONCE);
        try {
            eventLog.append(forgotten.stream().flatMap(number -> orders.findByTradeNo(number.value()).stream()).map(TopUpOrder::created)
                    .toList());
            moves.publish(forgotten);
        } catch (NotAppendedException e) {
            forgotten.forEach(number -> moves.release(number, new OrderTransitions.Claim(false, "")));
            LOG.atWarn().addKeyValue("orders", forgotten.size()).addKeyValue("why", e.getMessage()).log("orders without code not appended");
        }
    }
}
