package dev.sluice.reconcile.logged;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.RefundEvent;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.provider.bill.BillRow;
import dev.sluice.provider.wire.BeijingTime;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// Refunds and how they ended, with two statements for a poll. A refund that was found at the provider and decided about closes its
/// difference.
@Component
public class LoggedRefunds {
    private final JdbcClient jdbc;

    public LoggedRefunds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Key(TradeNumber tradeNumber, RefundNumber number) {
        static Key of(RefundEvent event) {
            return new Key(event.tradeNumber(), event.refundNumber());
        }
    }

    /// @param account empty when the fact does not name it
    /// @param at      when it succeeded
    private record Refund(Key key, Provider provider, String account, TransactionId transactionId, Money money, String state,
            @Nullable Instant at) {
        String identity() {
            return BillRow.identity(provider, BillRow.Kind.REFUND, transactionId.value(), key.number().value()).toString();
        }
    }

    /// @param state       empty when it stays
    /// @param succeededAt of the refund
    /// @param taken       quota
    private record Step(Key key, String state, @Nullable Instant succeededAt, long taken, Instant at) {}

    /// Applies a poll's facts.
    public void apply(List<LogRecord> records) {
        Map<Key, Refund> refunds = new LinkedHashMap<>();
        List<Step> steps = new ArrayList<>();
        for (LogRecord record : records) {
            if (record.content() instanceof DecodedRecord.Fact fact && fact.event() instanceof RefundEvent event) {
                read(event, fact.at(), refunds, steps);
            }
        }
        insert(refunds.values());
        for (List<Step> round : rounds(steps)) {
            move(round);
        }
    }

    private static void read(RefundEvent event, Instant at, Map<Key, Refund> refunds, List<Step> steps) {
        Key key = Key.of(event);
        switch (event) {
            case RefundEvent.RefundReserved reserved -> refunds.putIfAbsent(key, new Refund(key, reserved.payment().provider(),
                    reserved.payment().merchant().merchantId(), reserved.payment().transactionId(), reserved.money(), "RESERVED", null));
            case RefundEvent.RefundFound found -> refunds.putIfAbsent(key, new Refund(key, found.payment().provider(), "",
                    found.payment().transactionId(), found.money(), "FOUND", found.refund().at()));
            case RefundEvent.RefundSucceeded succeeded -> steps.add(new Step(key, "SUCCEEDED", succeeded.refund().at(), 0, at));
            case RefundEvent.RefundFailed _ -> steps.add(new Step(key, "FAILED", null, 0, at));
            case RefundEvent.FoundRefundResolved _ -> steps.add(new Step(key, "MIRRORED", null, 0, at));
            case RefundEvent.QuotaTaken taken -> steps.add(new Step(key, "", null, taken.quota().units(), at));
            case RefundEvent.RefundRequested _,RefundEvent.RefundApproved _,RefundEvent.RefundDeclined _,RefundEvent.RefundRefused _,RefundEvent.QuotaReturned _ ->
                {
                }
        }
    }

    /// Steps of one refund go one after the other: usually there is one round.
    private static List<List<Step>> rounds(List<Step> steps) {
        List<Map<Key, Step>> rounds = new ArrayList<>();
        for (Step step : steps) {
            rounds.stream().filter(round -> !round.containsKey(step.key())).findFirst().orElseGet(() -> {
                rounds.add(new LinkedHashMap<>());
                return rounds.getLast();
            }).put(step.key(), step);
        }
        return rounds.stream().map(round -> List.copyOf(round.values())).toList();
    }

    private void insert(Collection<Refund> refunds) {
        if (refunds.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into recon.logged_refund (trade_no, refund_no, identity, provider, account, transaction_id, minor_units, currency,
                    state, day)
                select r.trade_no, r.refund_no, r.identity, r.provider, coalesce(p.account, r.account), r.transaction_id, r.minor_units,
                    r.currency, r.state, r.day
                from unnest(:tradeNos::text[], :refundNos::text[], :identities::uuid[], :providers::text[], :accounts::text[],
                    :transactionIds::text[], :minorUnits::bigint[], :currencies::text[], :states::text[], :days::date[])
                    as r (trade_no, refund_no, identity, provider, account, transaction_id, minor_units, currency, state, day)
                left join recon.logged_payment p
                    on p.trade_no = r.trade_no and p.transaction_id = r.transaction_id and p.provider = r.provider
                on conflict do nothing""")
                .param("tradeNos", texts(refunds, refund -> refund.key().tradeNumber().value()))
                .param("refundNos", texts(refunds, refund -> refund.key().number().value()))
                .param("identities", texts(refunds, Refund::identity))
                .param("providers", texts(refunds, refund -> refund.provider().code()))
                .param("accounts", texts(refunds, Refund::account))
                .param("transactionIds", texts(refunds, refund -> refund.transactionId().value()))
                .param("minorUnits", numbers(refunds, refund -> refund.money().minorUnits()))
                .param("currencies", texts(refunds, refund -> refund.money().currency().getCurrencyCode()))
                .param("states", texts(refunds, Refund::state))
                .param("days", texts(refunds, refund -> day(refund.at())))
                .update();
    }

    private void move(List<Step> steps) {
        jdbc.sql("""
                with step as (
                    select * from unnest(:tradeNos::text[], :refundNos::text[], :states::text[], :days::date[], :taken::bigint[],
                        :ats::timestamptz[]) as s (trade_no, refund_no, state, day, taken, at)),
                moved as (
                    update recon.logged_refund r set state = case when s.state = '' then r.state else s.state end,
                        day = coalesce(r.day, s.day), quota_taken = greatest(r.quota_taken, s.taken),
                        taken_at = coalesce(r.taken_at, case when s.taken > 0 then s.at end)
                    from step s where r.trade_no = s.trade_no and r.refund_no = s.refund_no
                    returning r.identity, r.state, s.at)
                update recon.discrepancy d set closed_at = m.at from moved m
                where m.state = 'MIRRORED' and d.identity = m.identity and d.kind = 'RefundDiffers' and d.closed_at is null""")
                .param("tradeNos", texts(steps, step -> step.key().tradeNumber().value()))
                .param("refundNos", texts(steps, step -> step.key().number().value()))
                .param("states", texts(steps, Step::state))
                .param("days", texts(steps, step -> day(step.succeededAt())))
                .param("taken", numbers(steps, Step::taken))
                .param("ats", texts(steps, step -> step.at().toString()))
                .update();
    }

    private static @Nullable String day(@Nullable Instant at) {
        return at == null ? null : BeijingTime.dateOf(at).toString();
    }
}
