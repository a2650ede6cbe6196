package dev.sluice.reconcile.compare;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.EventLog;
import dev.sluice.reconcile.bill.StoredBill;

/// Appends what a bill proves and the log does not have: payments of our orders, and refunds of our payments that were not requested here. The
/// line of the bill is the evidence. A payment joins the normal path: the ledger credits it once, or holds it. Appending again changes
/// nothing.
@Component
public class Healing {
    private static final Logger LOG = LoggerFactory.getLogger(Healing.class);
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final EventLog eventLog;

    public Healing(JdbcClient jdbc, EventLog eventLog) {
        this.jdbc = jdbc;
        this.eventLog = eventLog;
    }

    /// @param fact empty when a number could be no provider's
    private record Found(UUID id, Optional<TopUpEvent> fact) {}

    /// Appends what follows from a bill.
    ///
    /// @return how many facts were appended
    /// @throws dev.sluice.log.NotAppendedException when not all are known to be in the log
    public long append(StoredBill bill) {
        return append(bill, """
                select d.id, d.evidence, r.*, o.app_id, o.account
                from recon.discrepancy d
                join recon.bill_row r on r.bill_id = d.bill_id and r.line = d.line
                join recon.logged_order o on o.trade_no = d.trade_no
                where d.bill_id = :bill and d.kind in ('PaidNotCredited', 'AmountDiffers') and d.closed_at is null and d.evidence is not null
                    and d.id > :after and not exists (select from recon.logged_payment p where p.identity = d.identity)
                order by d.id limit :most""", Healing::payment)
                + append(bill, """
                        select d.id, d.evidence, r.*, p.account, '' as app_id
                        from recon.discrepancy d
                        join recon.bill_row r on r.bill_id = d.bill_id and r.line = d.line
                        join recon.logged_payment p
                            on p.trade_no = d.trade_no and p.transaction_id = d.transaction_id and p.provider = d.provider
                        where d.bill_id = :bill and d.kind = 'RefundDiffers' and r.kind = 'REFUND' and d.closed_at is null
                            and d.evidence is not null
                            and d.id > :after and not exists (select from recon.logged_refund f where f.identity = d.identity)
                        order by d.id limit :most""", Healing::refund);
    }

    @FunctionalInterface
    private interface Reading {
        TopUpEvent of(StoredBill bill, ResultSet row) throws SQLException;
    }

    private long append(StoredBill bill, String sql, Reading reading) {
        long appended = 0;
        UUID after = FIRST;
        while (true) {
            List<Found> found = jdbc.sql(sql).param("bill", bill.id()).param("after", after).param("most", Limits.FACTS_AT_ONCE)
                    .query((row, _) -> new Found(row.getObject("id", UUID.class), fact(bill, row, reading))).list();
            if (found.isEmpty()) {
                return appended;
            }
            List<TopUpEvent> facts = new ArrayList<>();
            found.forEach(one -> one.fact().ifPresent(facts::add));
            eventLog.append(facts);
            facts.forEach(fact -> LOG.atWarn().addKeyValue("trade_no", fact.tradeNumber()).addKeyValue("provider", bill.of().provider())
                    .addKeyValue("fact", fact.getClass().getSimpleName()).log("appended what the provider's bill has"));
            appended += facts.size();
            after = found.getLast().id();
        }
    }

    private static Optional<TopUpEvent> fact(StoredBill bill, ResultSet row, Reading reading) throws SQLException {
        try {
            return Optional.of(reading.of(bill, row));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static TopUpEvent payment(StoredBill bill, ResultSet row) throws SQLException {
        return new PaymentConfirmed(new TradeNumber(row.getString("trade_no")), bill.of().provider(),
                new Merchant(row.getString("app_id"), row.getString("account")), new TransactionId(row.getString("transaction_id")),
                money(row),
                row.getTimestamp("at").toInstant(), ConfirmationSource.BILL, evidence(bill, row));
    }

    private static TopUpEvent refund(StoredBill bill, ResultSet row) throws SQLException {
        Provider provider = bill.of().provider();
        String number = row.getString("refund_no").isEmpty() ? row.getString("refund_id") : row.getString("refund_no");
        Instant at = row.getTimestamp("at").toInstant();
        Money settled = new Money(row.getLong("settled"), money(row).currency());
        return new RefundEvent.RefundFound(new TradeNumber(row.getString("trade_no")), new RefundNumber(number),
                new RefundEvent.Payment(provider, new TransactionId(row.getString("transaction_id"))), money(row),
                new RefundEvent.ProviderRefund(row.getString("refund_id"), settled, at), ConfirmationSource.BILL, evidence(bill, row));
    }

    private static Money money(ResultSet row) throws SQLException {
        return new Money(row.getLong("minor_units"), Currency.getInstance(row.getString("currency")));
    }

    private static Evidence evidence(StoredBill bill, ResultSet row) throws SQLException {
        return Evidence.ofAnswer(bill.storedAt(), row.getString("evidence").getBytes(StandardCharsets.UTF_8));
    }
}
