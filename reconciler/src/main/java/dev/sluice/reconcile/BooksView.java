package dev.sluice.reconcile;

import java.util.List;
import java.util.Set;

import org.springframework.stereotype.Component;

import dev.sluice.log.Topic;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.log.follow.View;
import dev.sluice.reconcile.logged.LoggedBooks;
import dev.sluice.reconcile.logged.LoggedPayments;
import dev.sluice.reconcile.logged.LoggedRefunds;

/// What the log has about money, for the comparison with the providers' bills. It keeps every order, payment and refund. A poll costs at
/// most seven statements, and usually three.
@Component
class BooksView implements View {
    private final LoggedPayments payments;
    private final LoggedRefunds refunds;
    private final LoggedBooks books;

    BooksView(LoggedPayments payments, LoggedRefunds refunds, LoggedBooks books) {
        this.payments = payments;
        this.refunds = refunds;
        this.books = books;
    }

    @Override
    public String name() {
        return "books";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.EVENTS, Topic.BOOKS);
    }

    @Override
    public String schema() {
        return "recon";
    }

    @Override
    public void apply(List<LogRecord> records) {
        payments.apply(records);
        refunds.apply(records);
        books.apply(records);
    }
}
