package dev.sluice.reconcile.daily;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.event.value.Provider;
import dev.sluice.event.value.UserId;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnections;
import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.reconcile.bill.BillOrigin;
import dev.sluice.reconcile.bill.StoredBill;

/// What operators do about the bill of a day.
@Component
public class BillDesk {
    private static final Logger LOG = LoggerFactory.getLogger(BillDesk.class);

    private final ProviderConnections connections;
    private final PaymentChannels channels;
    private final BillDays days;
    private final BillSchedule schedule;
    private final BillBooking booking;
    private final TransactionTemplate transactions;

    BillDesk(ProviderConnections connections, PaymentChannels channels, BillDays days, BillSchedule schedule, BillBooking booking,
            TransactionTemplate transactions) {
        this.connections = connections;
        this.channels = channels;
        this.days = days;
        this.schedule = schedule;
        this.booking = booking;
        this.transactions = transactions;
    }

    /// The bill of a day of the account that is set up; empty when none is, or its provider has no bills.
    public Optional<BillOf> of(Provider provider, LocalDate day) {
        return format(provider).flatMap(_ -> connections.find(provider))
                .map(connection -> new BillOf(provider, connection.merchant(), day));
    }

    private Optional<BillFormat> format(Provider provider) {
        return channels.find(provider).flatMap(PaymentChannel::bills);
    }

    /// Whether the day is over in Beijing.
    public boolean isOver(LocalDate day) {
        return !day.isAfter(schedule.yesterday());
    }

    /// Has the bill fetched and compared again, within seconds.
    public void runAgain(BillOf of, UserId actor) {
        transactions.executeWithoutResult(_ -> {
            days.lock(of, schedule.now());
            days.move(of, new BillDays.Next(BillDays.State.OPEN, schedule.now(), null, ""));
        });
        LOG.atInfo().addKeyValue("provider", of.provider()).addKeyValue("day", of.day()).addKeyValue("actor", actor)
                .log("bill wanted again");
    }

    /// Stores a bill that an operator has, as a version beside the ones before it, and compares it.
    ///
    /// @throws BillRejectedException when it is not a whole bill of that account and day
    /// @throws IOException           when the file cannot be read
    public StoredBill upload(BillOf of, Path file, UserId actor) throws BillRejectedException, IOException {
        try {
            StoredBill bill = transactions.execute(_ -> book(of, file, new BillOrigin.Upload(actor)));
            LOG.atInfo().addKeyValue("provider", of.provider()).addKeyValue("day", of.day()).addKeyValue("actor", actor)
                    .addKeyValue("version", bill.version()).log("bill uploaded");
            return bill;
        } catch (UnusableBillException e) {
            switch (e.getCause()) {
                case BillRejectedException rejected -> throw rejected;
                case IOException broken -> throw broken;
                case null, default -> throw e;
            }
        }
    }

    private StoredBill book(BillOf of, Path file, BillOrigin origin) {
        days.lock(of, schedule.now());
        try {
            StoredBill bill = booking.book(of, file, format(of.provider()).orElseThrow(), origin);
            days.move(of, new BillDays.Next(BillDays.State.STORED, schedule.now(), null, ""));
            booking.compareLog(of);
            return bill;
        } catch (BillRejectedException | IOException e) {
            throw new UnusableBillException(of, e);
        }
    }
}
