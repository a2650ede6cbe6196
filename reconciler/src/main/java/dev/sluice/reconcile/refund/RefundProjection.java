package dev.sluice.reconcile.refund;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.Arrival;
import dev.sluice.event.RefundEvent.RefundApproved;
import dev.sluice.event.RefundEvent.RefundDeclined;
import dev.sluice.event.RefundEvent.RefundFailed;
import dev.sluice.event.RefundEvent.RefundFound;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.RefundSucceeded;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.follow.LogRecord;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// The refunds that are owed, as the log has them. A poll costs a statement for each kind of fact about refunds that it has.
@Component
public class RefundProjection {
    private final JdbcClient jdbc;
    private final Clock clock;

    public RefundProjection(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// @param tradeNo  of the order
    /// @param refundNo of the refund
    private record Key(String tradeNo, String refundNo) {
        static Key of(RefundEvent event) {
            return new Key(event.tradeNumber().value(), event.refundNumber().value());
        }
    }

    private record Reserved(RefundReserved fact, Instant at) {}

    private record Decision(Key key, boolean approved, Instant at) {}

    /// Applies a poll's facts. A refund's own facts stand in the log in the order of these statements; only a decision may stand before the
    /// reservation.
    public void apply(List<LogRecord> records) {
        List<Reserved> reserved = new ArrayList<>();
        Map<Key, Decision> decisions = new LinkedHashMap<>();
        Map<Key, String> ends = new LinkedHashMap<>();
        List<RefundFound> found = new ArrayList<>();
        for (LogRecord record : records) {
            if (record.content() instanceof DecodedRecord.Fact fact && fact.event() instanceof RefundEvent event) {
                Key key = Key.of(event);
                switch (event) {
                    case RefundReserved reservation -> reserved.add(new Reserved(reservation, fact.at()));
                    case RefundApproved _ -> decisions.putIfAbsent(key, new Decision(key, true, fact.at()));
                    case RefundDeclined _ -> decisions.putIfAbsent(key, new Decision(key, false, fact.at()));
                    case RefundSucceeded succeeded -> ends.merge(key, succeeded.arrival() == Arrival.PAYER ? "ENDED" : "LEFT",
                            (before, next) -> before.equals("ENDED") ? before : next);
                    case RefundFailed _ -> ends.put(key, "ENDED");
                    case RefundFound each -> found.add(each);
                    case RefundEvent.RefundRequested _,RefundEvent.RefundRefused _,RefundEvent.QuotaTaken _,RefundEvent.QuotaReturned _,RefundEvent.FoundRefundResolved _ ->
                        {
                        }
                }
            }
        }
        insert(reserved);
        decide(decisions.values(), reserved);
        end(ends);
        insertFound(found);
    }

    /// A refund of the past may have been requested: its provider is queried first, when the rest of the log has been read.
    private void insert(List<Reserved> reserved) {
        if (reserved.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        jdbc.sql("""
                insert into recon.pending_refund (trade_no, refund_no, provider, app_id, merchant_id, transaction_id, paid_units, refund_units,
                    currency, reason, state, reserved_at, next_at, called_at)
                select * from unnest(:tradeNos::text[], :refundNos::text[], :providers::text[], :appIds::text[], :merchantIds::text[],
                    :transactionIds::text[], :paid::bigint[], :refunded::bigint[], :currencies::text[], :reasons::text[], :states::text[],
                    :reservedAts::timestamptz[], :nextAts::timestamptz[], :calledAts::timestamptz[])
                on conflict do nothing""")
                .param("tradeNos", texts(reserved, each -> each.fact().tradeNumber().value()))
                .param("refundNos", texts(reserved, each -> each.fact().refundNumber().value()))
                .param("providers", texts(reserved, each -> each.fact().payment().provider().code()))
                .param("appIds", texts(reserved, each -> each.fact().payment().merchant().appId()))
                .param("merchantIds", texts(reserved, each -> each.fact().payment().merchant().merchantId()))
                .param("transactionIds", texts(reserved, each -> each.fact().payment().transactionId().value()))
                .param("paid", numbers(reserved, each -> each.fact().payment().money().minorUnits()))
                .param("refunded", numbers(reserved, each -> each.fact().money().minorUnits()))
                .param("currencies", texts(reserved, each -> each.fact().money().currency().getCurrencyCode()))
                .param("reasons", texts(reserved, each -> each.fact().reason()))
                .param("states", texts(reserved, each -> each.fact().needsApproval() ? "AWAITING_APPROVAL" : "DUE"))
                .param("reservedAts", texts(reserved, each -> each.at().toString()))
                .param("nextAts", texts(reserved, each -> each.fact().needsApproval() ? null : due(each.at(), now).toString()))
                .param("calledAts", texts(reserved, each -> each.fact().needsApproval() ? null : called(each.at(), now)))
                .update();
    }

    /// The first decision counts.
    private void decide(Collection<Decision> decisions, List<Reserved> reserved) {
        if (!decisions.isEmpty()) {
            jdbc.sql("""
                    insert into recon.refund_decision (trade_no, refund_no, approved, decided_at)
                    select * from unnest(:tradeNos::text[], :refundNos::text[], :approved::boolean[], :ats::timestamptz[])
                    on conflict do nothing""")
                    .param("tradeNos", texts(decisions, each -> each.key().tradeNo()))
                    .param("refundNos", texts(decisions, each -> each.key().refundNo()))
                    .param("approved", decisions.stream().map(Decision::approved).toArray(Boolean[]::new))
                    .param("ats", texts(decisions, each -> each.at().toString()))
                    .update();
        }
        Set<String> touched = new LinkedHashSet<>();
        decisions.forEach(each -> touched.add(each.key().tradeNo()));
        reserved.stream().filter(each -> each.fact().needsApproval()).forEach(each -> touched.add(each.fact().tradeNumber().value()));
        if (!touched.isEmpty()) {
            Instant now = clock.instant();
            jdbc.sql("""
                    update recon.pending_refund p set state = case when d.approved then 'DUE' else 'ENDED' end,
                        next_at = case when d.approved then
                            case when d.decided_at < :past::timestamptz then :later::timestamptz else :now::timestamptz end end,
                        called_at = case when d.decided_at < :past::timestamptz then d.decided_at end
                    from recon.refund_decision d
                    where d.trade_no = p.trade_no and d.refund_no = p.refund_no and p.state = 'AWAITING_APPROVAL'
                        and p.trade_no = any(:tradeNos)""")
                    .param("past", now.minus(Limits.HISTORY).toString())
                    .param("later", now.plus(Limits.WAIT_FOR_HISTORY).toString())
                    .param("now", now.toString())
                    .param("tradeNos", touched.toArray(String[]::new))
                    .update();
        }
    }

    private void end(Map<Key, String> ends) {
        if (ends.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with ends as (
                    select * from unnest(:tradeNos::text[], :refundNos::text[], :states::text[]) as e (trade_no, refund_no, state)),
                locked as (
                    select trade_no, refund_no from recon.pending_refund where (trade_no, refund_no) in (
                        select trade_no, refund_no from ends) order by trade_no, refund_no for update)
                update recon.pending_refund p set state = e.state, claimed_until = null,
                    next_at = case when e.state = 'LEFT' then :later::timestamptz end
                from ends e join locked using (trade_no, refund_no)
                where p.trade_no = e.trade_no and p.refund_no = e.refund_no
                    and (p.state = 'DUE' or p.state = 'AWAITING_APPROVAL' or (p.state = 'LEFT' and e.state = 'ENDED'))""")
                .param("later", clock.instant().plus(Limits.WHILE_LEFT).toString())
                .param("tradeNos", texts(ends.keySet(), Key::tradeNo))
                .param("refundNos", texts(ends.keySet(), Key::refundNo))
                .param("states", texts(ends.values(), each -> each))
                .update();
    }

    private void insertFound(List<RefundFound> found) {
        if (found.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into recon.pending_refund (trade_no, refund_no, provider, app_id, merchant_id, transaction_id, paid_units, refund_units,
                    currency, reason, state, reserved_at)
                select trade_no, refund_no, provider, '', '', transaction_id, 0, refunded, currency, '', 'FOUND', at
                from unnest(:tradeNos::text[], :refundNos::text[], :providers::text[], :transactionIds::text[], :refunded::bigint[],
                    :currencies::text[], :ats::timestamptz[])
                    as f (trade_no, refund_no, provider, transaction_id, refunded, currency, at)
                on conflict do nothing""")
                .param("tradeNos", texts(found, each -> each.tradeNumber().value()))
                .param("refundNos", texts(found, each -> each.refundNumber().value()))
                .param("providers", texts(found, each -> each.payment().provider().code()))
                .param("transactionIds", texts(found, each -> each.payment().transactionId().value()))
                .param("refunded", numbers(found, each -> each.money().minorUnits()))
                .param("currencies", texts(found, each -> each.money().currency().getCurrencyCode()))
                .param("ats", texts(found, each -> each.refund().at().toString()))
                .update();
    }

    private static Instant due(Instant at, Instant now) {
        return isPast(at, now) ? now.plus(Limits.WAIT_FOR_HISTORY) : now;
    }

    private static @Nullable String called(Instant at, Instant now) {
        return isPast(at, now) ? at.toString() : null;
    }

    private static boolean isPast(Instant at, Instant now) {
        return at.isBefore(now.minus(Limits.HISTORY));
    }
}
