package dev.sluice.reconcile.pending;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import dev.sluice.event.OrderClosed;
import dev.sluice.log.Topic;
import dev.sluice.testing.Facts;

import static org.assertj.core.api.Assertions.assertThat;

/// What a user who never pays costs: as many orders as a day permits, their pages open to the end. Half of a megabyte is for the log, half
/// for the rows that views make of it.
class UnpaidOrderCostIT {
    private static final long MOST_BYTES_PER_DAY = 1_000_000;
    /// As the order API permits (`UNPAID_PER_DAY`).
    private static final long ORDERS_PER_DAY = 50;

    @Test
    void aUserWhoNeverPaysCostsTheLogLessThanAMegabyteADay() throws Exception {
        try (var reconciler = new SteppedReconciler()) {
            reconciler.log().append(reconciler.order("T", 1));
            reconciler.read();
            Duration page = Duration.ofMinutes(1);

            int questions = 0;
            for (Duration age = Duration.ZERO; age.compareTo(Facts.EXPIRY.plusMinutes(2)) < 0; age = age.plus(page)) {
                reconciler.open("T");
                reconciler.pass(page);
                questions += reconciler.turn();
                if (age.plus(page).compareTo(Facts.EXPIRY) >= 0) {
                    reconciler.read();
                }
            }

            assertThat(reconciler.pending()).isEmpty();
            assertThat(reconciler.events("T", OrderClosed.class)).hasSize(1);
            assertThat(questions).as("the page is asked for").isGreaterThan(25);
            List<ConsumerRecord<String, byte[]>> written = List.of(Topic.EVENTS, Topic.NOTIFICATIONS).stream()
                    .flatMap(topic -> reconciler.raw(topic).stream()).toList();
            assertThat(written).as("placed, unpaid, closed there, closed here").hasSize(4);
            long bytes = written.stream().mapToLong(UnpaidOrderCostIT::bytes).sum();
            System.out.printf("an order that is never paid: %d bytes in the log%n", bytes);
            assertThat(bytes * ORDERS_PER_DAY).as("%d bytes for an order", bytes).isLessThan(MOST_BYTES_PER_DAY / 2);
        }
    }

    private static long bytes(ConsumerRecord<String, byte[]> record) {
        return record.serializedKeySize() + record.serializedValueSize() + StreamSupport.stream(record.headers().spliterator(), false)
                .mapToLong(header -> header.key().length() + (header.value() == null ? 0 : header.value().length)).sum();
    }
}
