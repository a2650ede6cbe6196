package dev.sluice.reconcile.pending;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.log.NotAppendedException;

/// Twice a second: takes the orders that are due and asks their providers. An order whose asker dies is taken again after
/// [Limits#CLAIM]; asking twice changes nothing. [InquirySchedule] sets when an order is due.
@Component
class PendingSweep {
    private static final Logger LOG = LoggerFactory.getLogger(PendingSweep.class);

    private final PendingOrders pending;
    private final PaymentInquiry inquiry;
    private final AnsweredOrders answered;
    private final Supplier<ProviderAccounts> accounts;
    private final Clock clock;
    private final Lock sweeping = new ReentrantLock();
    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();

    PendingSweep(PendingOrders pending, PaymentInquiry inquiry, AnsweredOrders answered, Supplier<ProviderAccounts> accounts,
            Clock clock) {
        this.pending = pending;
        this.inquiry = inquiry;
        this.answered = answered;
        this.accounts = accounts;
        this.clock = clock;
    }

    /// At a fixed rate each run has a thread of its own: measuring, which has one too, does not delay the sweep. Runs do not overlap.
    @Scheduled(fixedRate = Limits.TICK_MILLIS)
    void sweep() {
        if (sweeping.tryLock()) {
            try {
                giveBack();
                accounts.get().all().forEach(this::sweepOrWait);
            } finally {
                sweeping.unlock();
            }
        }
    }

    private void sweepOrWait(ProviderAccount account) {
        try {
            sweep(account);
        } catch (DataAccessException e) {
            LOG.atWarn().addKeyValue("provider", account.provider()).addKeyValue("why", e.getClass().getSimpleName())
                    .log("due orders not read, retrying");
        }
    }

    private void giveBack() {
        try {
            answered.giveBack();
        } catch (DataAccessException e) {
            LOG.atWarn().addKeyValue("why", e.getClass().getSimpleName())
                    .log("cannot give back orders that were asked about, trying again");
        }
    }

    private void sweep(ProviderAccount account) {
        int free = Math.min(account.asking().availablePermits(), Limits.ORDERS_PER_TURN);
        if (free > 0) {
            for (PendingOrder order : pending.claim(account.provider(), account.merchant(), clock.instant(), free)) {
                account.asking().acquireUninterruptibly();
                askers.execute(() -> ask(order, account));
            }
        }
    }

    private void ask(PendingOrder order, ProviderAccount account) {
        try {
            inquiry.ask(order, account);
        } catch (NotAppendedException | DataAccessException e) {
            // The claim ends by itself, and the order is asked for again.
            LOG.atWarn().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("why", e.getClass().getSimpleName())
                    .log("query answered, answer not appended");
        } finally {
            account.asking().release();
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        askers.shutdown();
        if (!askers.awaitTermination(Limits.STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            askers.shutdownNow();
        }
        giveBack();
    }
}
