package dev.sluice.order;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.event.HoldReason;
import dev.sluice.event.value.Money;
import dev.sluice.testing.SchemaCopy;

import static dev.sluice.order.RunningApi.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// G9 for the views of the order API: orders, their progress and holds, and timelines. Real Kafka, real PostgreSQL.
@ExtendWith(SharedApi.class)
class RestoredOrdersIT {
    private final RunningApi api;

    RestoredOrdersIT(RunningApi api) {
        this.api = api;
    }

    /// A standby without the last transactions was promoted, or a backup was restored, while orders went on.
    @Test
    void aDatabaseThatWentBackInTimeIsMadeGood() {
        Scenario before = Scenario.of(api);
        before.place();
        SchemaCopy copy = SchemaCopy.of(api.jdbc(), "orders");
        before.paid("A", Money.ofFen(7300));
        before.credited("A", before.user(), 5_000_000);
        Scenario lost = Scenario.of(api);
        lost.place();
        lost.held("B", Money.ofFen(7200), HoldReason.AMOUNT_MISMATCH);
        await().atMost(SOON).until(() -> before.status().equals("CREDITED") && lost.status().equals("HELD"));
        List<?> timelines = List.of(before.entries(), lost.entries());

        copy.restore();

        await().atMost(SOON).until(() -> count(before) == 1 && count(lost) == 1);
        await().atMost(SOON).until(() -> before.status().equals("CREDITED") && lost.status().equals("HELD"));
        await().atMost(SOON).until(() -> List.of(before.entries(), lost.entries()).equals(timelines));
        assertThat(before.owner().quota()).isEqualTo(5_000_000);
        assertThat(api.operator().get("/api/topup/holds").path("data").valueStream().map(hold -> hold.path("order_id").asString()))
                .contains(lost.trade());
        Scenario after = Scenario.of(api);
        after.place();
        assertThat(after.entries("OrderCreated")).hasSize(1);
    }

    private long count(Scenario order) {
        return api.jdbc().sql("select count(*) from orders.topup where trade_no = ?").param(order.trade()).query(Long.class).single();
    }
}
