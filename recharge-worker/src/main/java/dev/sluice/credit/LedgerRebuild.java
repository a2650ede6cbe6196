package dev.sluice.credit;

import java.util.List;
import java.util.Set;

import dev.sluice.credit.ledger.Ledger;
import dev.sluice.log.Topic;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.log.follow.View;
import dev.sluice.log.rebuild.schema.RebuiltSchema;
import dev.sluice.log.rebuild.schema.RebuiltTable;

import static dev.sluice.log.rebuild.schema.RebuiltTable.derived;
import static dev.sluice.log.rebuild.schema.RebuiltTable.leftEmpty;

/// How the ledger is rebuilt from the log.
public final class LedgerRebuild {
    static final String NAME = "ledger";

    private static final String PROVED = "the rebuilt tables are proved anew, from the first transfer and fact";

    /// A new table belongs here, with what becomes of it.
    private static final List<RebuiltTable> TABLES = List.of(
            derived("expected"),
            derived("payment"),
            // Whether a held payment was known before it was held depends on where a poll ended.
            derived("held_before").comparedWhere("""
                    not exists (select from ledger.payment p where p.provider = t.provider and p.transaction_id = t.transaction_id
                        and p.trade_no = t.trade_no)""", "a payment that came counts, whatever was noted before it"),
            derived("transfer").differingIn(
                    "it depends on which of a user's credits in different partitions is booked first; QuotaCredited has what was published",
                    "balance_after"),
            derived("account"),
            derived("refund"),
            leftEmpty("proof_position", PROVED),
            leftEmpty("proof", PROVED));

    private LedgerRebuild() {}

    /// The schema `ledger`.
    public static RebuiltSchema schema() {
        return new RebuiltSchema(NAME, "ledger", "classpath:db/ledger", TABLES,
                database -> List.of(new LedgerRows(Ledger.on(database.jdbc()))), List.of());
    }

    /// The ledger without what follows a booking: nothing is appended, counted or logged.
    private record LedgerRows(Ledger ledger) implements View {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Set<Topic> topics() {
            return Set.of(Topic.EVENTS);
        }

        @Override
        public String schema() {
            return "ledger";
        }

        @Override
        public boolean setsAsideUnreadable() {
            return true;
        }

        @Override
        public void apply(List<LogRecord> records) {
            ledger.book(records);
        }
    }
}
