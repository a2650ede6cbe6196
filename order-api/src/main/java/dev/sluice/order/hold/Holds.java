package dev.sluice.order.hold;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.Resolution;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// The held payments, and what is decided about them.
@Component
public class Holds {
    /// A decision is about what was known when it was made; until then, what is learnt later counts too.
    private static final String FIND = """
            select hold.*, case
                when key is not null then hold.refunded
                when reason not in ('UNKNOWN_ORDER', 'PROVIDER_MISMATCH', 'TRANSACTION_REUSED')
                    and exists (select from orders.order_refund o where o.trade_no = hold.trade_no) then hold.minor_units
                else greatest(hold.refunded, (select least(hold.minor_units, r.minor_units) from orders.payment_refund r
                    where r.provider = hold.provider and r.transaction_id = hold.transaction_id and r.trade_no = hold.trade_no))
                end as with_payer
            from orders.hold\s""";

    /// A statement does not see what it inserts: a payment that comes with its decision is inserted with it.
    private static final String FOLLOW = """
            with given as (
                select * from unnest(:providers::text[], :transactionIds::text[], :tradeNos::text[], :minorUnits::bigint[],
                    :refunded::bigint[], :currencies::text[], :heldFor::text[], :ats::timestamptz[])
                    as h (provider, transaction_id, trade_no, minor_units, refunded, currency, reason, held_at)),
            known as (
                select provider, transaction_id, trade_no, reason, null as claimed from given
                union all
                select provider, transaction_id, trade_no, reason, key from orders.hold where trade_no = any(:actTradeNos::text[])),
            judged as (
                select a.*, claimed, user_id is null or reason in ('UNKNOWN_ORDER', 'PROVIDER_MISMATCH', 'TRANSACTION_REUSED')
                    or not (gone or exists (select from orders.order_refund o where o.trade_no = a.trade_no)) as counts
                from unnest(:keys::text[], :userIds::text[], :quotas::bigint[], :actors::text[], :reasons::text[],
                    :actProviders::text[], :actTransactionIds::text[], :actTradeNos::text[], :gone::boolean[]) with ordinality
                    as a (key, user_id, quota, actor, why, provider, transaction_id, trade_no, gone, place)
                    join known using (provider, transaction_id, trade_no)),
            act as (
                select distinct on (provider, transaction_id, trade_no) * from judged
                order by provider, transaction_id, trade_no, counts desc,
                    (not counts and key = claimed) desc nulls last, place),
            decided as (
                update orders.hold set key = case when counts then act.key end, user_id = case when counts then act.user_id end,
                    quota = case when counts then act.quota end, actor = case when counts then act.actor end,
                    why = case when counts then act.why end, published = counts
                from act where hold.provider = act.provider and hold.transaction_id = act.transaction_id
                    and hold.trade_no = act.trade_no and not published and (counts or hold.key = act.key))
            insert into orders.hold (provider, transaction_id, trade_no, minor_units, refunded, currency, reason, held_at, key, user_id, quota,
                actor, why, published)
            select h.*, act.key, act.user_id, act.quota, act.actor, act.why, act.key is not null
            from given h left join act on act.counts and act.provider = h.provider and act.transaction_id = h.transaction_id
                and act.trade_no = h.trade_no
            on conflict (provider, transaction_id, trade_no) do nothing""";

    private final JdbcClient jdbc;

    public Holds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A payment that is held by the log.
    ///
    /// @param at when `PaymentHeld` was appended
    public record Held(PaymentHeld payment, Instant at) {}

    /// A decision that the log has.
    ///
    /// @param refunded whether all of its order's payment was refunded earlier in the poll
    public record Act(HoldResolved decision, boolean refunded) {}

    /// Keeps the payments that are not here yet, and the decisions that the log has. Its first one about a payment counts, also over one
    /// that is only claimed here. As in the ledger, a release of an order's own payment counts for nothing after all of that was refunded: the
    /// payment stays undecided, and a claim of that release ends.
    ///
    /// @param acts in the order of the log, those about the given payments too
    public void follow(Collection<Held> held, List<Act> acts) {
        if (held.isEmpty() && acts.isEmpty()) {
            return;
        }
        decisions(acts.stream().map(Act::decision).toList(), FOLLOW)
                .param("gone", acts.stream().map(Act::refunded).toArray(Boolean[]::new))
                .param("providers", texts(held, each -> each.payment().provider().code()))
                .param("transactionIds", texts(held, each -> each.payment().transactionId().value()))
                .param("tradeNos", texts(held, each -> each.payment().tradeNumber().value()))
                .param("minorUnits", numbers(held, each -> each.payment().money().minorUnits()))
                .param("refunded", numbers(held, each -> each.payment().refunded().minorUnits()))
                .param("currencies", texts(held, each -> each.payment().money().currency().getCurrencyCode()))
                .param("heldFor", texts(held, each -> each.payment().reason().name()))
                .param("ats", texts(held, each -> each.at().toString()))
                .update();
    }

    /// Keeps what the provider has returned to the payers.
    ///
    /// @param partly payments of which a part was refunded
    /// @param wholly orders whose own payment was refunded
    public void refunded(List<PaymentConfirmed> partly, List<TradeNumber> wholly) {
        if (partly.isEmpty() && wholly.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with whole as (
                    insert into orders.order_refund (trade_no) select distinct trade_no from unnest(:wholly::text[]) as w (trade_no)
                    order by trade_no on conflict do nothing)
                insert into orders.payment_refund as known (provider, transaction_id, trade_no, minor_units)
                select provider, transaction_id, trade_no, max(minor_units)
                from unnest(:providers::text[], :transactionIds::text[], :tradeNos::text[], :minorUnits::bigint[])
                    as r (provider, transaction_id, trade_no, minor_units)
                group by provider, transaction_id, trade_no order by provider, transaction_id, trade_no
                on conflict (provider, transaction_id, trade_no)
                    do update set minor_units = greatest(known.minor_units, excluded.minor_units)""")
                .param("wholly", texts(wholly, TradeNumber::value))
                .param("providers", texts(partly, payment -> payment.provider().code()))
                .param("transactionIds", texts(partly, payment -> payment.transactionId().value()))
                .param("tradeNos", texts(partly, payment -> payment.tradeNumber().value()))
                .param("minorUnits", numbers(partly, payment -> payment.refunded().minorUnits()))
                .update();
    }

    /// A refund of held money came to nothing: the payment can be decided about anew.
    public void reopen(TradeNumber tradeNumber, Provider provider, TransactionId transactionId) {
        jdbc.sql("""
                update orders.hold set key = null, actor = null, why = null, published = false
                where provider = :provider and transaction_id = :transactionId and trade_no = :tradeNo and published and user_id is null""")
                .param("provider", provider.code())
                .param("transactionId", transactionId.value())
                .param("tradeNo", tradeNumber.value())
                .update();
    }

    /// Makes this the decision about a payment without one.
    ///
    /// @throws DuplicateKeyException when the key has decided about another payment of the order
    public void claim(HoldResolved act) {
        decisions(List.of(act), """
                update orders.hold set key = a.key, user_id = a.user_id, quota = a.quota, actor = a.actor, why = a.why
                from unnest(:keys::text[], :userIds::text[], :quotas::bigint[], :actors::text[], :reasons::text[],
                    :actProviders::text[], :actTransactionIds::text[], :actTradeNos::text[])
                    as a (key, user_id, quota, actor, why, provider, transaction_id, trade_no)
                where hold.provider = a.provider and hold.transaction_id = a.transaction_id and hold.trade_no = a.trade_no
                    and hold.key is null""").update();
    }

    private JdbcClient.StatementSpec decisions(Collection<HoldResolved> acts, String statement) {
        return jdbc.sql(statement)
                .param("keys", texts(acts, HoldResolved::key))
                .param("userIds", texts(acts, act -> credit(act).map(credit -> credit.userId().toString()).orElse(null)))
                .param("quotas", numbers(acts, act -> credit(act).map(credit -> credit.quota().units()).orElse(null)))
                .param("actors", texts(acts, act -> act.actor().toString()))
                .param("reasons", texts(acts, HoldResolved::reason))
                .param("actProviders", texts(acts, act -> act.provider().code()))
                .param("actTransactionIds", texts(acts, act -> act.transactionId().value()))
                .param("actTradeNos", texts(acts, act -> act.tradeNumber().value()));
    }

    private static Optional<Resolution.Credit> credit(HoldResolved act) {
        return act.resolution() instanceof Resolution.Credit credit ? Optional.of(credit) : Optional.empty();
    }

    /// The undecided ones, oldest first.
    List<Hold> open(int most) {
        return jdbc.sql(FIND + "where not published order by held_at, provider, transaction_id limit ?").param(most)
                .query((row, _) -> hold(row)).list();
    }

    /// Of an order, oldest first.
    public List<Hold> of(String tradeNo) {
        return jdbc.sql(FIND + "where trade_no = ? order by held_at, provider, transaction_id").param(tradeNo)
                .query((row, _) -> hold(row)).list();
    }

    /// Of some orders, oldest first, by their numbers.
    public Map<String, List<Hold>> of(Collection<String> tradeNos) {
        return tradeNos.isEmpty()
                ? Map.of()
                : jdbc.sql(FIND + "where trade_no = any(:tradeNos) order by held_at, provider, transaction_id")
                        .param("tradeNos", tradeNos.toArray(String[]::new)).query((row, _) -> hold(row)).list().stream()
                        .collect(Collectors.groupingBy(hold -> hold.tradeNumber().value()));
    }

    /// What is with the payers again of the orders' own payments, in the payment's minor units, as far as the log has it; only of orders of
    /// which something is.
    public Map<String, Long> refunds(Collection<String> tradeNos) {
        Map<String, Long> refunds = new HashMap<>();
        if (!tradeNos.isEmpty()) {
            jdbc.sql("""
                    select t.trade_no, case when o.trade_no is not null then coalesce(t.paid_minor_units, t.minor_units)
                        else coalesce(f.ours, 0) + greatest(f.found, r.minor_units) end as refunded
                    from orders.topup t left join orders.order_refund o using (trade_no) left join orders.payment_refund r
                        on r.provider = t.provider and r.transaction_id = t.transaction_id and r.trade_no = t.trade_no
                    left join lateral (
                        select sum(minor_units) filter (where status in ('REFUNDED', 'AT_PROVIDER')) as ours,
                            coalesce(sum(minor_units) filter (where status in ('FOUND', 'QUOTA_TAKEN', 'QUOTA_KEPT')), 0) as found
                        from orders.refund f where f.trade_no = t.trade_no and f.transaction_id = t.transaction_id
                            and status in ('REFUNDED', 'AT_PROVIDER', 'FOUND', 'QUOTA_TAKEN', 'QUOTA_KEPT') having count(*) > 0) f on true
                    where t.trade_no = any(:tradeNos) and (o.trade_no is not null or r.trade_no is not null or f.found is not null)""")
                    .param("tradeNos", tradeNos.toArray(String[]::new))
                    .query(row -> {
                        refunds.put(row.getString("trade_no"), row.getLong("refunded"));
                    });
        }
        return refunds;
    }

    private static Hold hold(ResultSet row) throws SQLException {
        Currency currency = Currency.getInstance(row.getString("currency"));
        boolean published = row.getBoolean("published");
        return new Hold(
                new TradeNumber(row.getString("trade_no")),
                new Provider(row.getString("provider")),
                new TransactionId(row.getString("transaction_id")),
                new Money(row.getLong("minor_units"), currency),
                new Money(row.getLong("with_payer"), currency),
                HoldReason.valueOf(row.getString("reason")),
                row.getTimestamp("held_at").toInstant(),
                Optional.ofNullable(decision(row)).map(decision -> new Hold.Decided(decision, published)));
    }

    private static @Nullable HoldResolved decision(ResultSet row) throws SQLException {
        String key = row.getString("key");
        return key == null
                ? null
                : new HoldResolved(
                        new TradeNumber(row.getString("trade_no")),
                        new Provider(row.getString("provider")),
                        new TransactionId(row.getString("transaction_id")),
                        resolution(row),
                        new UserId(row.getString("actor")),
                        row.getString("why"),
                        key);
    }

    private static Resolution resolution(ResultSet row) throws SQLException {
        String userId = row.getString("user_id");
        return userId == null
                ? new Resolution.Refund()
                : new Resolution.Credit(new UserId(userId), new Quota(row.getLong("quota")));
    }
}
