package dev.sluice.credit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

import dev.sluice.event.HoldReason;
import dev.sluice.event.value.Money;
import dev.sluice.testing.Facts;

import static dev.sluice.credit.RunningWorker.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// A log that says otherwise than the ledger decided. It stays so for ever, so this log is no other test's.
class ContradictedLedgerIT {
    @Test
    void pausesThePartitionAndAppendsNothing() throws Exception {
        try (var worker = new RunningWorker()) {
            long user = worker.anotherUser();
            String trade = worker.anotherTrade();
            worker.log().append(Facts.order(trade, user, 100, 10));
            worker.log().append(Facts.payment(trade, "P-" + trade, 100));
            worker.awaitBalance(user, 10);
            worker.awaitAllRead();

            worker.log().append(Facts.held(trade, "P-" + trade, Money.ofFen(100), HoldReason.TRANSACTION_REUSED));

            await().atMost(SOON).until(() -> paused(worker) == 1);
            for (int i = 0; i < 12; i++) {
                worker.log().append(Facts.order(trade + "-" + i, user, 100, 1));
                worker.log().append(Facts.payment(trade + "-" + i, "P-" + trade + "-" + i, 100));
            }
            await().atMost(SOON).until(() -> worker.balance(user) > 10);
            worker.restart(() -> {});
            await().atMost(SOON).until(() -> paused(worker) == 1);
            assertThat(worker.outcomes(trade)).hasSize(2);
        }
    }

    private static double paused(RunningWorker worker) {
        return worker.bean(MeterRegistry.class).get("sluice.view.paused").tag("reason", "contradicts_log").gauges().stream()
                .mapToDouble(Gauge::value).sum();
    }
}
