package dev.sluice.order.progress;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import dev.sluice.order.ListenerPool;
import dev.sluice.order.OrderTransitions;

/// Listens to PostgreSQL for moved orders, whichever instance moved them: `LISTEN` on a connection of its own.
@Component
class OrderChanges implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(OrderChanges.class);
    private static final int POLL_MILLIS = 500;
    /// Polling alone never detects that the server has gone.
    private static final int POLLS_PER_CHECK = 20;
    private static final int CHECK_SECONDS = 2;
    /// Sent after the connection was lost: unknown orders moved meanwhile, so every page has to look.
    private static final String ANY = "*";

    private final DataSource dataSource;
    private final Sinks.Many<Set<String>> moved = Sinks.many().multicast().directBestEffort();
    private volatile boolean running;

    OrderChanges(ListenerPool pool) {
        this.dataSource = pool.dataSource();
    }

    /// A signal whenever the order may have moved.
    Flux<String> of(String tradeNo) {
        return moved.asFlux().filter(numbers -> numbers.contains(tradeNo) || numbers.contains(ANY)).map(_ -> tradeNo);
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("moved-orders").start(this::listen);
    }

    private void listen() {
        while (running) {
            try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("listen " + OrderTransitions.CHANNEL);
                signal(ANY);
                PGConnection postgres = connection.unwrap(PGConnection.class);
                for (int polls = 1; running && (polls % POLLS_PER_CHECK != 0 || connection.isValid(CHECK_SECONDS)); polls++) {
                    for (PGNotification notification : postgres.getNotifications(POLL_MILLIS)) {
                        signal(notification.getParameter());
                    }
                }
            } catch (SQLException | RuntimeException e) {
                LOG.atWarn().addKeyValue("why", e.getMessage()).log("not listening for moved orders, retrying");
                pause();
            }
        }
    }

    /// @param numbers of the orders that moved, a space between them
    private void signal(String numbers) {
        // Each page keeps the latest signal that it has not looked at; without a page the signal is not needed.
        Sinks.EmitResult ignored = moved.tryEmitNext(Set.copyOf(List.of(numbers.split(" "))));
    }

    private static void pause() {
        try {
            Thread.sleep(Limits.BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
