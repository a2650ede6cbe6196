package dev.sluice.order;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrderStatusTest {
    @Test
    void aClosedOrderCanStillBePaid() {
        assertThat(OrderStatus.PAID.reachableFrom()).contains(OrderStatus.CLOSED);
    }

    @Test
    void whatIsCreditedStaysCreditedUntilItIsRefunded() {
        for (OrderStatus to : OrderStatus.values()) {
            assertThat(to.reachableFrom().contains(OrderStatus.CREDITED)).as(to.name()).isEqualTo(to.isRefund());
        }
    }

    @Test
    void everyStateCanBeReached() {
        Set<OrderStatus> reached = EnumSet.of(OrderStatus.NEW);
        for (OrderStatus ignored : OrderStatus.values()) {
            for (OrderStatus to : OrderStatus.values()) {
                if (to.reachableFrom().stream().anyMatch(reached::contains)) {
                    reached.add(to);
                }
            }
        }
        assertThat(reached).containsExactlyInAnyOrder(OrderStatus.values());
    }

    @Test
    void theDiagramInTheDocumentationIsThisTable() throws Exception {
        assertThat(Files.readString(Path.of("../docs/architecture.md"))).contains("```mermaid\n" + OrderStatus.diagram() + "```");
    }
}
