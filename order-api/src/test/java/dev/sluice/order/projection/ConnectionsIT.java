package dev.sluice.order.projection;

import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.order.Client;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;

import static dev.sluice.order.RunningApi.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What callers can use up, and what they cannot.
@ExtendWith(SharedApi.class)
class ConnectionsIT {
    /// As order-api.yml says.
    private static final int CONNECTIONS_OF_REQUESTS = 12;
    private final RunningApi api;

    ConnectionsIT(RunningApi api) {
        this.api = api;
    }

    /// Pages and orders move on while requests hold all connections that they can get.
    @Test
    void aFloodOfRequestsDoesNotStopTheViews() throws Exception {
        Client user = api.anotherUser();
        String number = user.order();
        Client operator = api.operator();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection other = api.database().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            // Requests read it, and the views only when a payment is held.
            statement.execute("lock table orders.hold in access exclusive mode");
            var flood = IntStream.range(0, CONNECTIONS_OF_REQUESTS)
                    .mapToObj(_ -> threads.submit(() -> operator.http().get().uri("/api/topup/holds").exchange())).toList();
            await().atMost(SOON).until(() -> waiting() >= CONNECTIONS_OF_REQUESTS);

            api.credit(number, user);

            await().atMost(SOON).untilAsserted(() -> assertThat(api.jdbc().sql("select status from orders.topup where trade_no = ?")
                    .param(number).query(String.class).single()).isEqualTo("CREDITED"));
            assertThat(waiting()).as("the flood still holds its connections").isEqualTo(CONNECTIONS_OF_REQUESTS);
            other.rollback();
            for (var each : flood) {
                each.get();
            }
        }
    }

    private int waiting() {
        return api.jdbc().sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%from orders.hold%'")
                .query(Integer.class).single();
    }
}
