package dev.sluice.credit.refund;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.credit.transfer.Account;
import dev.sluice.credit.transfer.Transfer.Kind;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.Paid;
import dev.sluice.event.RefundEvent.QuotaReturned;
import dev.sluice.event.RefundEvent.QuotaTaken;
import dev.sluice.event.RefundEvent.RefundRefused;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.Reservation;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.log.follow.LogRecord;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// The statements about which outcomes of refunds stand in the log.
public final class RefundPublications {
    private final JdbcClient jdbc;

    RefundPublications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// An outcome that is not known to be in the log.
    ///
    /// @param partition of `sluice.events`, where it belongs
    public record Missing(RefundEvent fact, int partition) {}

    /// The unpublished outcomes of those partitions; of one refund, its reservation first.
    List<Missing> missing(Set<Integer> partitions) {
        return jdbc.sql("""
                select r.*, p.app_id, p.merchant_id, p.minor_units as paid, t.id, t.debit_account, t.quota as moved, t.balance_after,
                    'RESERVE' as outcome
                from ledger.refund r
                left join ledger.payment p using (provider, transaction_id, trade_no)
                left join ledger.transfer t on t.trade_no = r.trade_no and t.ref = r.refund_no and t.kind = 'RESERVE'
                where r.partition = any(:partitions) and not r.published
                union all
                select r.*, null, null, null, t.id, t.debit_account, t.quota, t.balance_after, t.kind
                from ledger.refund r
                join ledger.transfer t on t.trade_no = r.trade_no and t.ref = r.refund_no
                    and (not r.returned_published and t.kind = 'RETURN' or not r.taken_published and t.kind in ('TAKE', 'MIRROR'))
                where r.partition = any(:partitions) and (not r.returned_published or not r.taken_published)""")
                .param("partitions", partitions.toArray(Integer[]::new))
                .query((row, _) -> new Missing(outcome(row), row.getInt("partition")))
                .list();
    }

    private static RefundEvent outcome(ResultSet row) throws SQLException {
        Refund refund = Refunds.refund(row);
        RefundKey key = refund.key();
        UUID transfer = row.getObject("id", UUID.class);
        var moved = new Quota(row.getLong("moved"));
        var balance = new Quota(row.getLong("balance_after"));
        String account = row.getString("debit_account");
        Kind kind = Kind.valueOf(row.getString("outcome"));
        if (kind != Kind.RESERVE) {
            UserId user = new Account(account).user();
            return kind == Kind.RETURN
                    ? new QuotaReturned(key.tradeNumber(), key.refundNumber(), user, moved, balance, transfer)
                    : new QuotaTaken(key.tradeNumber(), key.refundNumber(), user, moved, balance, transfer);
        }
        if (refund.refusal() != null) {
            return new RefundRefused(key.tradeNumber(), key.refundNumber(), refund.money(), refund.refusal());
        }
        Refund.Request request = Objects.requireNonNull(refund.request());
        var paid = new Paid(refund.payment().provider(), new Merchant(row.getString("app_id"), row.getString("merchant_id")),
                refund.payment().transactionId(), new Money(row.getLong("paid"), refund.money().currency()));
        Reservation reservation = account == null
                ? new Reservation.OfMoney()
                : new Reservation.OfQuota(new Account(account).user(), moved, balance, transfer);
        return new RefundReserved(key.tradeNumber(), key.refundNumber(), paid, refund.money(), reservation, request.needsApproval(),
                request.reason());
    }

    /// An outcome in the log.
    private record Published(RefundEvent fact, Place place, boolean isRefusal, long quota) {}

    private enum Place {
        FIRST, RETURNED, TAKEN
    }

    private static void add(List<Published> published, RefundEvent event) {
        switch (event) {
            case RefundReserved reserved -> published.add(new Published(event, Place.FIRST, false, switch (reserved.reservation()) {
                case Reservation.OfQuota quota -> quota.quota().units();
                case Reservation.OfMoney _ -> 0L;
            }));
            case RefundRefused _ -> published.add(new Published(event, Place.FIRST, true, 0));
            case QuotaTaken taken -> published.add(new Published(event, Place.TAKEN, false, taken.quota().units()));
            case QuotaReturned returned -> published.add(new Published(event, Place.RETURNED, false, returned.quota().units()));
            case RefundEvent.RefundRequested _,RefundEvent.RefundApproved _,RefundEvent.RefundDeclined _,RefundEvent.RefundSucceeded _,RefundEvent.RefundFailed _,RefundEvent.RefundFound _,RefundEvent.FoundRefundResolved _ ->
                {
                }
        }
    }

    /// Marks the outcomes that the log has as published.
    ///
    /// @param records about refunds
    /// @return those of the records that this ledger decided otherwise
    List<LogRecord> found(List<LogRecord> records) {
        List<Published> published = new ArrayList<>();
        records.forEach(record -> record.event().ifPresent(event -> {
            if (event instanceof RefundEvent refund) {
                add(published, refund);
            }
        }));
        Set<RefundKey> contradicted = published.isEmpty() ? Set.of() : mark(published);
        return records.stream().filter(record -> record.event().filter(event -> event instanceof RefundEvent refund
                && contradicted.contains(RefundKey.of(refund))).isPresent()).toList();
    }

    private Set<RefundKey> mark(List<Published> published) {
        Set<RefundKey> contradicted = new HashSet<>();
        jdbc.sql("""
                with given as (
                    select * from unnest(:tradeNos::text[], :refundNos::text[], :places::text[], :refusals::boolean[], :quotas::bigint[])
                        as g (trade_no, refund_no, place, refusal, quota)),
                each as (
                    select g.trade_no, g.refund_no, bool_or(place = 'FIRST') as first, bool_or(place = 'RETURNED') as returned,
                        bool_or(place = 'TAKEN') as taken, bool_or(place = 'FIRST' and (g.refusal <> (r.refusal is not null)
                            or g.quota <> coalesce(t.quota, 0))) as contradicts
                    from given g join ledger.refund r using (trade_no, refund_no)
                    left join ledger.transfer t on t.trade_no = r.trade_no and t.ref = r.refund_no and t.kind = 'RESERVE'
                    group by g.trade_no, g.refund_no order by g.trade_no, g.refund_no)
                update ledger.refund r set published = r.published or each.first,
                    returned_published = r.returned_published or (r.returned_published is not null and each.returned),
                    taken_published = r.taken_published or (r.taken_published is not null and each.taken)
                from each where r.trade_no = each.trade_no and r.refund_no = each.refund_no
                returning r.trade_no, r.refund_no, each.contradicts""")
                .param("tradeNos", texts(published, each -> each.fact().tradeNumber().value()))
                .param("refundNos", texts(published, each -> each.fact().refundNumber().value()))
                .param("places", texts(published, each -> each.place().name()))
                .param("refusals", published.stream().map(Published::isRefusal).toArray(Boolean[]::new))
                .param("quotas", numbers(published, Published::quota))
                .query(row -> {
                    if (row.getBoolean("contradicts")) {
                        contradicted.add(new RefundKey(new TradeNumber(row.getString("trade_no")),
                                new RefundNumber(row.getString("refund_no"))));
                    }
                });
        return contradicted;
    }
}
