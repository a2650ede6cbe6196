package dev.sluice.order;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.TradeNumber;

/// Notifies all instances of orders that moved while their codes were made, many at a time: PostgreSQL lets transactions that notify commit
/// one after the other, so the move itself does not.
@Component
public class MoveNotifications {
    private static final Logger LOG = LoggerFactory.getLogger(MoveNotifications.class);

    private final JdbcClient jdbc;
    private final BlockingQueue<String> moved = new LinkedBlockingQueue<>(Limits.MOVES_TO_NOTIFY);

    MoveNotifications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(TradeNumber tradeNumber) {
        if (!moved.offer(tradeNumber.value())) {
            LOG.atWarn().addKeyValue("trade_no", tradeNumber).log("move not notified: too many wait");
        }
    }

    @PreDestroy
    @Scheduled(fixedRate = Limits.NOTIFY_EVERY_MILLIS)
    void send() {
        List<String> all = new ArrayList<>();
        moved.drainTo(all);
        if (all.isEmpty()) {
            return;
        }
        try {
            jdbc.sql("select pg_notify(:channel, payload) is null from unnest(:payloads::text[]) as p (payload)")
                    .param("channel", OrderTransitions.CHANNEL)
                    .param("payloads", Payloads.of(all.stream().distinct().toList()))
                    .query(Boolean.class)
                    .list();
        } catch (DataAccessException e) {
            all.forEach(moved::offer);
            LOG.atWarn().addKeyValue("orders", all.size()).addKeyValue("why", e.getClass().getSimpleName())
                    .log("moves not notified, retrying");
        }
    }
}
