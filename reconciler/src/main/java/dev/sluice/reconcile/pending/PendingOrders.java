package dev.sluice.reconcile.pending;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.CheckRequested;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;

/// The orders that money may still come for, as rows that several instances share.
@Component
public class PendingOrders {
    private final JdbcClient jdbc;

    PendingOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// From now on it is asked for. Told again, nothing changes.
    public void expect(OrderCreated order, Instant firstAsk) {
        jdbc.sql("""
                insert into recon.pending (trade_no, provider, app_id, merchant_id, created_at, expires_at, next_ask_at)
                values (:tradeNo, :provider, :appId, :merchantId, :createdAt::timestamptz, :expiresAt::timestamptz, :firstAsk::timestamptz)
                on conflict (trade_no) do nothing""")
                .param("tradeNo", order.tradeNumber().value())
                .param("provider", order.provider().code())
                .param("appId", order.merchant().appId())
                .param("merchantId", order.merchant().merchantId())
                .param("createdAt", order.createdAt().toString())
                .param("expiresAt", order.expiresAt().toString())
                .param("firstAsk", firstAsk.toString())
                .update();
    }

    /// An operator wants it asked for: it is then, or sooner, also when we believed that there was nothing more to ask.
    public void check(CheckRequested check, Instant at) {
        jdbc.sql("""
                insert into recon.pending as p (trade_no, provider, app_id, merchant_id, created_at, expires_at, next_ask_at)
                values (:tradeNo, :provider, :appId, :merchantId, :createdAt::timestamptz, :expiresAt::timestamptz, :at::timestamptz)
                on conflict (trade_no) do update set next_ask_at = least(p.next_ask_at, excluded.next_ask_at),
                    wished_at = least(p.wished_at, excluded.next_ask_at), failures = 0""")
                .param("tradeNo", check.tradeNumber().value())
                .param("provider", check.provider().code())
                .param("appId", check.merchant().appId())
                .param("merchantId", check.merchant().merchantId())
                .param("createdAt", check.createdAt().toString())
                .param("expiresAt", check.expiresAt().toString())
                .param("at", at.toString())
                .update();
    }

    /// An operator wants it to end: it is asked for then, or sooner. Told again, nothing changes; nor when the order is not here, whose
    /// money is known or which has ended.
    public void cancel(TradeNumber tradeNumber, Instant at) {
        jdbc.sql("""
                update recon.pending set cancelling = 'WANTED', next_ask_at = least(next_ask_at, :at::timestamptz),
                    wished_at = least(wished_at, :at::timestamptz), failures = 0
                where trade_no = :tradeNo and cancelling = 'NONE'""")
                .param("tradeNo", tradeNumber.value())
                .param("at", at.toString())
                .update();
    }

    /// It was told that the order was cancelled. It is still asked for, until the provider takes no money for it any more.
    public void cancelled(TradeNumber tradeNumber) {
        jdbc.sql("update recon.pending set cancelling = 'TOLD' where trade_no = ?").param(tradeNumber.value()).update();
    }

    /// There is nothing more to ask: the money is known. What another provider or account received says nothing about this one's.
    public void settle(PaymentConfirmed payment) {
        jdbc.sql("""
                delete from recon.pending
                where trade_no = :tradeNo and provider = :provider and app_id = :appId and merchant_id = :merchantId""")
                .param("tradeNo", payment.tradeNumber().value())
                .param("provider", payment.provider().code())
                .param("appId", payment.merchant().appId())
                .param("merchantId", payment.merchant().merchantId())
                .update();
    }

    /// A cancelled order whose account is not asked any more has ended when no code of it can be alive.
    public void forgetDead(Instant now) {
        jdbc.sql("delete from recon.pending where cancelling = 'TOLD' and expires_at < :before::timestamptz")
                .param("before", now.minus(Limits.NO_CODE_LIVES).toString()).update();
    }

    /// There is nothing more to ask: the order has ended.
    public void forget(TradeNumber tradeNumber) {
        jdbc.sql("delete from recon.pending where trade_no = ?").param(tradeNumber.value()).update();
    }

    /// A page is open on it. One that was just opened brings the next question forward.
    public void watch(TradeNumber tradeNumber, Instant now, Instant until, Instant firstAsk) {
        jdbc.sql("""
                update recon.pending set
                    watched_since = case when watched_until >= :now::timestamptz then watched_since else :now::timestamptz end,
                    next_ask_at = case when watched_until >= :now::timestamptz then next_ask_at
                                       else least(next_ask_at, :firstAsk::timestamptz) end,
                    wished_at = case when watched_until >= :now::timestamptz then wished_at
                                     else least(wished_at, :firstAsk::timestamptz) end,
                    watched_until = greatest(watched_until, :until::timestamptz)
                where trade_no = :tradeNo""")
                .param("tradeNo", tradeNumber.value())
                .param("now", now.toString())
                .param("until", until.toString())
                .param("firstAsk", firstAsk.toString())
                .update();
    }

    /// Takes the provider's turn, if it is time for one, and the orders that are due; they are the caller's for [Limits#CLAIM].
    List<PendingOrder> claim(Provider provider, Merchant merchant, Instant now, int most) {
        return jdbc.sql("""
                with turn as (
                    insert into recon.turn as t (provider, taken_at) values (:provider, :now::timestamptz)
                    on conflict (provider) do update set taken_at = excluded.taken_at
                        where t.taken_at <= :lastTurn::timestamptz or t.taken_at > :impossible::timestamptz
                    returning provider)
                update recon.pending set claimed_until = :claimedUntil::timestamptz, wished_at = null
                where exists (select from turn) and trade_no in (
                    select trade_no from recon.pending
                    where provider = :provider and app_id = :appId and merchant_id = :merchantId and next_ask_at <= :now::timestamptz
                        and (claimed_until is null or claimed_until <= :now::timestamptz
                            or claimed_until > :impossibleClaim::timestamptz)
                    order by next_ask_at limit :most for update skip locked)
                returning *""")
                .param("provider", provider.code())
                .param("appId", merchant.appId())
                .param("merchantId", merchant.merchantId())
                .param("now", now.toString())
                .param("lastTurn", now.minus(Limits.BETWEEN_TURNS).toString())
                .param("impossible", now.plus(Limits.CLOCKS_DIFFER).toString())
                .param("claimedUntil", now.plus(Limits.CLAIM).toString())
                .param("impossibleClaim", now.plus(Limits.CLAIM).plus(Limits.CLOCKS_DIFFER).toString())
                .param("most", most)
                .query((row, _) -> order(row))
                .list();
    }

    /// Gives it back: it is asked for again then, or sooner when somebody wished so after it was taken.
    void askAgain(TradeNumber tradeNumber, Instant at, int failures) {
        jdbc.sql("""
                update recon.pending set next_ask_at = least(:at::timestamptz, wished_at), failures = :failures, claimed_until = null
                where trade_no = :tradeNo""")
                .param("tradeNo", tradeNumber.value())
                .param("at", at.toString())
                .param("failures", failures)
                .update();
    }

    /// The order as it is now, with pages that were opened meanwhile.
    Optional<PendingOrder> find(TradeNumber tradeNumber) {
        return jdbc.sql("select * from recon.pending where trade_no = ?").param(tradeNumber.value()).query((row, _) -> order(row))
                .optional();
    }

    public long count() {
        return jdbc.sql("select count(*) from recon.pending").query(Long.class).single();
    }

    /// Those whose account nobody asks. They are kept: when the account is set up again, they are asked for.
    public OrphanedOrders unaskable(List<ProviderAccount> desks, Instant now) {
        return jdbc.sql("""
                select count(*) filter (where expires_at >= :before::timestamptz) as alive,
                    count(*) filter (where expires_at < :before::timestamptz) as dead
                from recon.pending where (provider, app_id, merchant_id) not in (
                    select * from unnest(:providers::text[], :appIds::text[], :merchantIds::text[]))""")
                .param("before", now.minus(Limits.NO_CODE_LIVES).toString())
                .param("providers", desks.stream().map(desk -> desk.provider().code()).toArray(String[]::new))
                .param("appIds", desks.stream().map(desk -> desk.merchant().appId()).toArray(String[]::new))
                .param("merchantIds", desks.stream().map(desk -> desk.merchant().merchantId()).toArray(String[]::new))
                .query((row, _) -> new OrphanedOrders(row.getLong("alive"), row.getLong("dead")))
                .single();
    }

    /// Since when the order of an account that has waited longest should have been asked for.
    public Optional<Instant> oldestDue(Provider provider, Merchant merchant) {
        return jdbc.sql("""
                select next_ask_at from recon.pending where provider = ? and app_id = ? and merchant_id = ?
                order by next_ask_at limit 1""")
                .params(provider.code(), merchant.appId(), merchant.merchantId())
                .query((row, _) -> row.getTimestamp("next_ask_at").toInstant()).optional();
    }

    private static PendingOrder order(ResultSet row) throws SQLException {
        Timestamp since = row.getTimestamp("watched_since");
        Timestamp until = row.getTimestamp("watched_until");
        return new PendingOrder(
                new TradeNumber(row.getString("trade_no")),
                new Provider(row.getString("provider")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                row.getInt("failures"),
                CancelState.valueOf(row.getString("cancelling")),
                since == null ? Optional.empty() : Optional.of(new PendingOrder.Watched(since.toInstant(), until.toInstant())));
    }
}
