package dev.sluice.reconcile;

import java.time.Clock;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.log.rebuild.schema.RebuiltSchema;
import dev.sluice.log.rebuild.schema.RebuiltTable;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.reconcile.logged.LoggedBooks;
import dev.sluice.reconcile.logged.LoggedPayments;
import dev.sluice.reconcile.logged.LoggedRefunds;
import dev.sluice.reconcile.pending.PendingOrders;
import dev.sluice.reconcile.pending.PendingProjection;
import dev.sluice.reconcile.refund.GenuineNotifications;
import dev.sluice.reconcile.refund.NotifiedRefunds;
import dev.sluice.reconcile.refund.RefundProjection;
import dev.sluice.reconcile.unsettled.UnsettledPayments;

import static dev.sluice.log.rebuild.schema.RebuiltTable.derived;
import static dev.sluice.log.rebuild.schema.RebuiltTable.kept;

/// How the reconciler's view is rebuilt from the log.
public final class ReconcilerRebuild {
    private static final String BILL = "the provider's bill is not in the log";

    /// A new table belongs here, with what becomes of it.
    private static final List<RebuiltTable> TABLES = List.of(
            derived("payment"),
            derived("pending")
                    .comparedAs("next_ask_at", "t.next_ask_at is null", "when an order is queried next is decided here")
                    .differingIn("it is of the queries, which are made here", "wished_at", "failures", "checked", "claimed_until",
                            "known_query", "known_close")
                    .differingIn("records of open pages are kept for minutes", "watched_since", "watched_until"),
            kept("watching", "how many queries open pages caused today"),
            derived("refund").comparedWhere("false", "the notifications that name refunds are kept for a while only"),
            derived("pending_refund").differingIn("it is of the calls of the provider, which are made here", "next_at", "claimed_until",
                    "called_at", "refusal", "code", "answer", "attempts", "absents", "absent_since"),
            derived("refund_decision"),
            kept("turn", "when a provider was queried last"),
            derived("logged_order"),
            derived("logged_payment"),
            derived("logged_refund"),
            derived("resolution"),
            derived("compared"),
            kept("bill_day", "how far the bill of a day is"),
            kept("bill", BILL),
            kept("bill_chunk", BILL),
            kept("bill_row", BILL),
            kept("discrepancy", "it was found by a comparison of a bill, which is not in the log"));

    private static final List<String> COMPLETION = List.of(
            """
                    update shadow.pending s set wished_at = l.wished_at, failures = l.failures, checked = l.checked,
                        claimed_until = l.claimed_until, known_query = l.known_query, known_close = l.known_close,
                        watched_since = l.watched_since, watched_until = l.watched_until,
                        next_ask_at = case when s.next_ask_at is not null then coalesce(l.next_ask_at, s.next_ask_at) end
                    from live.pending l where l.trade_no = s.trade_no""",
            // That a call was made before decides whether it may be made again.
            """
                    update shadow.pending_refund s set next_at = l.next_at, claimed_until = l.claimed_until, called_at = l.called_at,
                        refusal = l.refusal, code = l.code, answer = l.answer, attempts = l.attempts, absents = l.absents,
                        absent_since = l.absent_since
                    from live.pending_refund l
                    where l.trade_no = s.trade_no and l.refund_no = s.refund_no and l.state = s.state""",
            """
                    update shadow.refund s set next_at = l.next_at, failures = l.failures, claimed_until = l.claimed_until
                    from live.refund l where l.trade_no = s.trade_no and l.refund_no = s.refund_no""",
            """
                    insert into shadow.refund select l.* from live.refund l where not exists (
                        select from shadow.refund s where s.trade_no = l.trade_no and s.refund_no = l.refund_no)""");

    private ReconcilerRebuild() {}

    /// The schema `recon`.
    public static RebuiltSchema schema() {
        return new RebuiltSchema("recon", "recon", "classpath:db/recon", TABLES,
                database -> List.of(view(database.jdbc()), books(database.jdbc())),
                COMPLETION);
    }

    private static BooksView books(JdbcClient jdbc) {
        return new BooksView(new LoggedPayments(jdbc), new LoggedRefunds(jdbc), new LoggedBooks(jdbc));
    }

    private static ReconcilerView view(JdbcClient jdbc) {
        var genuine = new GenuineNotifications(PaymentChannels.installed());
        return new ReconcilerView(new PendingProjection(new PendingOrders(jdbc), genuine, Clock.systemUTC()),
                new NotifiedRefunds(jdbc, genuine, Clock.systemUTC()), new RefundProjection(jdbc, Clock.systemUTC()),
                new UnsettledPayments(jdbc));
    }
}
