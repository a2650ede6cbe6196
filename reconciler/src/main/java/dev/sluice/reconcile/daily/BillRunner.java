package dev.sluice.reconcile.daily;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.log.NotAppendedException;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.ProviderConnections;
import dev.sluice.provider.bill.BillAnswer;
import dev.sluice.provider.bill.BillDownload;
import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.provider.wire.BeijingTime;
import dev.sluice.reconcile.bill.BillOrigin;

/// Every ten seconds: takes the days whose turn it is, asks their providers for the bills, compares them, and appends what follows. The row of
/// a day is locked meanwhile, so one instance does it; what dies in the middle is begun again.
@Component
class BillRunner {
    private static final Logger LOG = LoggerFactory.getLogger(BillRunner.class);

    private final ProviderConnections connections;
    private final PaymentChannels channels;
    private final BillDays days;
    private final BillSchedule schedule;
    private final BillBooking booking;
    private final BillFacts facts;
    private final TransactionTemplate transactions;
    private final Lock running = new ReentrantLock();

    BillRunner(ProviderConnections connections, PaymentChannels channels, BillDays days, BillSchedule schedule, BillBooking booking,
            BillFacts facts, TransactionTemplate transactions) {
        this.connections = connections;
        this.channels = channels;
        this.days = days;
        this.schedule = schedule;
        this.booking = booking;
        this.facts = facts;
        this.transactions = transactions;
    }

    @Scheduled(fixedRate = Limits.TICK_MILLIS)
    void run() {
        if (running.tryLock()) {
            try {
                channels.all().forEach(channel -> connections.find(channel.provider()).ifPresent(to -> runOrWait(channel, to)));
            } finally {
                running.unlock();
            }
        }
    }

    private void runOrWait(PaymentChannel channel, ProviderConnection connection) {
        Optional<BillDownload> download = connection.bills();
        Optional<BillFormat> format = channel.bills();
        if (download.isEmpty() || format.isEmpty()) {
            return;
        }
        var yesterday = new BillOf(channel.provider(), connection.merchant(), schedule.yesterday());
        try {
            days.ensure(yesterday, BeijingTime.dayOf(yesterday.day()).end(), BillSchedule.readyAt(yesterday.day()));
            boolean any = true;
            while (any) {
                any = fetchOne(yesterday, download.get(), format.get());
            }
            facts.appendAll(yesterday);
        } catch (DataAccessException | TransactionException | NotAppendedException e) {
            LOG.atWarn().addKeyValue("provider", channel.provider()).addKeyValue("why", e.getClass().getSimpleName())
                    .log("bills are not worked on, retrying");
        }
    }

    /// @return whether there was one
    private boolean fetchOne(BillOf account, BillDownload download, BillFormat format) {
        Path file = temporary();
        try {
            return Boolean.TRUE.equals(transactions.execute(_ -> {
                Optional<BillDays.Due> due = days.lockDue(account, BillDays.State.OPEN, schedule.now());
                due.ifPresent(day -> fetch(day, download, format, file));
                return due.isPresent();
            }));
        } catch (UnusableBillException e) {
            days.move(e.of(), schedule.again(String.valueOf(e.getMessage())));
            LOG.atError().addKeyValue("provider", account.provider()).addKeyValue("day", e.of().day()).addKeyValue("why", e.getMessage())
                    .log("bill rejected, it will be fetched again");
            return true;
        } finally {
            delete(file);
        }
    }

    private void fetch(BillDays.Due due, BillDownload download, BillFormat format, Path file) {
        BillAnswer answer = download.download(due.of().day(), file);
        if (answer instanceof BillAnswer.Bill) {
            try {
                booking.book(due.of(), file, format, new BillOrigin.Download());
            } catch (BillRejectedException | IOException e) {
                throw new UnusableBillException(due.of(), e);
            }
            days.move(due.of(), new BillDays.Next(BillDays.State.STORED, schedule.now(), null, ""));
            booking.compareLog(due.of());
            return;
        }
        BillDays.Next next = schedule.after(due, answer);
        days.move(due.of(), next);
        if (next.state() == BillDays.State.EMPTY) {
            booking.compareLog(due.of());
        }
        LOG.atLevel(answer instanceof BillAnswer.Refused ? Level.ERROR : Level.INFO)
                .addKeyValue("provider", due.of().provider()).addKeyValue("day", due.of().day()).addKeyValue("answer", next.answer())
                .addKeyValue("state", next.state()).log("no bill");
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("sluice-bill", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("why", e.getClass().getSimpleName()).log("temporary file not deleted");
        }
    }
}
