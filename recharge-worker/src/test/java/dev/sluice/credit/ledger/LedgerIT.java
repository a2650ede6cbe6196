package dev.sluice.credit.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataIntegrityViolationException;

import dev.sluice.credit.RunningWorker;
import dev.sluice.event.OrderCreated;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.testing.Facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The statements that move quota, on a real PostgreSQL.
@ExtendWith(RunningWorker.Shared.class)
class LedgerIT {
    private final RunningWorker worker;
    private final String trade;
    private final long user;

    LedgerIT(RunningWorker worker) {
        this.worker = worker;
        trade = worker.anotherTrade();
        user = worker.anotherUser();
    }

    @Test
    void booksABatchWholeOrNotAtAll() {
        var ledger = worker.bean(Ledger.class);
        List<LogRecord> tooMuch = new ArrayList<>();
        // The second credit is more than the account can hold, which only shows when most of the batch is already written.
        for (long quota : new long[]{Long.MAX_VALUE, 1}) {
            String each = trade + "-" + quota;
            tooMuch.add(LedgerFacts.entry(Facts.order(each, user, 1, quota)));
            tooMuch.add(LedgerFacts.entry(Facts.payment(each, each, 1)));
        }

        assertThatThrownBy(() -> ledger.book(tooMuch)).isInstanceOf(DataIntegrityViolationException.class);

        assertThat(count("select count(*) from ledger.payment where trade_no like ?")).isZero();
        assertThat(count("select count(*) from ledger.expected where trade_no like ?")).isZero();
    }

    @Test
    void transfersAreAppendOnly() {
        worker.log().append(List.of(Facts.order(trade, user, 100, 7), Facts.payment(trade, "P-" + trade, 100)));
        worker.awaitBalance(user, 7);

        assertThatThrownBy(() -> worker.jdbc().sql("update ledger.transfer set quota = 8 where trade_no = ?").param(trade).update())
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> worker.jdbc().sql("delete from ledger.transfer where trade_no = ?").param(trade).update())
                .hasMessageContaining("append-only");
    }

    /// Several workers at once, as after a rebalance, with the same records in different batches.
    @Test
    void concurrentWorkersCreditOnce() throws Exception {
        var ledger = worker.bean(Ledger.class);
        long users = worker.anotherUsers(5);
        List<LogRecord> entries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String each = trade + "-" + i;
            entries.add(LedgerFacts.entry(Facts.order(each, users + i % 5, 100, 10)));
            entries.add(LedgerFacts.entry(Facts.payment(each, each, 100)));
        }
        ledger.book(entries.stream().filter(entry -> entry.event().orElseThrow() instanceof OrderCreated).toList());

        try (var threads = Executors.newFixedThreadPool(4)) {
            var runs = new ArrayList<Future<?>>();
            for (int run = 0; run < 4; run++) {
                List<LogRecord> shuffled = new ArrayList<>(entries);
                Collections.shuffle(shuffled, new Random(run));
                runs.add(threads.submit(() -> {
                    for (int from = 0; from < shuffled.size(); from += 50) {
                        ledger.book(shuffled.subList(from, from + 50));
                    }
                }));
            }
            for (var run : runs) {
                run.get();
            }
        }

        for (int i = 0; i < 5; i++) {
            assertThat(worker.balance(users + i)).isEqualTo(400);
        }
        worker.assertTheBooksBalance();
    }

    private long count(String query) {
        return worker.jdbc().sql(query).param(trade + "-%").query(Long.class).single();
    }
}
