package dev.sluice.reconcile.pending;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

import static dev.sluice.log.row.Columns.texts;

/// The orders that money may still come for, as rows that several instances share. A row ends only by an answer, never with time.
@Component
public class PendingOrders {
    private final JdbcClient jdbc;

    public PendingOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Locks those of the orders that are pending until the end of the transaction.
    Map<TradeNumber, PendingOrder> lock(Set<TradeNumber> numbers, Instant now) {
        return numbers.isEmpty()
                ? Map.of()
                : jdbc.sql("""
                        select p.*, coalesce(w.questions >= :budget, false) as spent
                        from recon.pending p left join recon.watching w on w.user_id = p.user_id and w.day = :day::date
                        where trade_no = any(:tradeNos) order by trade_no for update of p""")
                        .param("tradeNos", texts(numbers, TradeNumber::value))
                        .param("day", day(now))
                        .param("budget", Limits.WATCHED_QUESTIONS_PER_DAY)
                        .query((row, _) -> order(row))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(PendingOrder::tradeNumber, Function.identity()));
    }

    /// Inserts or updates locked orders. A claim on one, and the answers that are known of it, stay as they are.
    void save(Collection<PendingOrder> orders) {
        if (orders.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into recon.pending (trade_no, provider, app_id, merchant_id, user_id, created_at, expires_at, next_ask_at, wished_at,
                    failures, checked, cancelling, watched_since, watched_until)
                select * from unnest(:tradeNos::text[], :providers::text[], :appIds::text[], :merchantIds::text[], :userIds::text[],
                    :createdAts::timestamptz[],
                    :expiresAts::timestamptz[], :nextAskAts::timestamptz[], :wishedAts::timestamptz[], :failures::integer[], :checked::boolean[],
                    :cancellings::text[], :watchedSinces::timestamptz[], :watchedUntils::timestamptz[]) as o (trade_no)
                order by trade_no
                on conflict (trade_no) do update set next_ask_at = excluded.next_ask_at, wished_at = excluded.wished_at,
                    failures = excluded.failures, checked = excluded.checked, cancelling = excluded.cancelling, watched_since = excluded.watched_since,
                    watched_until = excluded.watched_until""")
                .param("tradeNos", texts(orders, order -> order.tradeNumber().value()))
                .param("providers", texts(orders, order -> order.provider().code()))
                .param("appIds", texts(orders, order -> order.account().merchant().appId()))
                .param("merchantIds", texts(orders, order -> order.account().merchant().merchantId()))
                .param("userIds", texts(orders, order -> order.watching().user().map(UserId::value).orElse(null)))
                .param("createdAts", texts(orders, order -> order.createdAt().toString()))
                .param("expiresAts", texts(orders, order -> order.expiresAt().toString()))
                .param("nextAskAts", texts(orders, order -> Objects.toString(order.due().at(), null)))
                .param("wishedAts", texts(orders, order -> order.due().wishedAt().map(Instant::toString).orElse(null)))
                .param("failures", orders.stream().map(PendingOrder::failures).toArray(Integer[]::new))
                .param("checked", orders.stream().map(order -> order.due().checked()).toArray(Boolean[]::new))
                .param("cancellings", texts(orders, order -> order.cancelling().name()))
                .param("watchedSinces", texts(orders, order -> order.watching().page().map(page -> page.since().toString()).orElse(null)))
                .param("watchedUntils", texts(orders, order -> order.watching().page().map(page -> page.until().toString()).orElse(null)))
                .update();
    }

    /// There is nothing more to ask about these orders.
    void delete(Collection<TradeNumber> numbers) {
        if (!numbers.isEmpty()) {
            jdbc.sql("delete from recon.pending where trade_no = any(:tradeNos)").param("tradeNos", texts(numbers, TradeNumber::value))
                    .update();
        }
    }

    /// Takes the provider's turn, if it is time for one and an order is due, and the orders that are; they are the caller's for
    /// [Limits#CLAIM]. The users share a turn: one with many orders does not delay the others'.
    List<PendingOrder> claim(Provider provider, Merchant merchant, Instant now, int most) {
        return jdbc.sql("""
                with free as (
                    select trade_no, user_id, next_ask_at from recon.pending
                    where provider = :provider and app_id = :appId and merchant_id = :merchantId and next_ask_at <= :now::timestamptz
                        and (claimed_until is null or claimed_until <= :now::timestamptz
                            or claimed_until > :impossibleClaim::timestamptz)
                    order by next_ask_at limit :sharing),
                shared as (
                    select trade_no, next_ask_at, row_number() over (partition by coalesce(user_id, trade_no) order by next_ask_at) as nth
                    from free),
                due as (
                    select p.trade_no from recon.pending p join shared s on s.trade_no = p.trade_no
                    where p.next_ask_at <= :now::timestamptz and (p.claimed_until is null or p.claimed_until <= :now::timestamptz
                        or p.claimed_until > :impossibleClaim::timestamptz)
                    order by s.nth, s.next_ask_at limit :most for update of p skip locked),
                turn as (
                    insert into recon.turn as t (provider, taken_at)
                    select :provider, :now::timestamptz where exists (select from due)
                    on conflict (provider) do update set taken_at = excluded.taken_at
                        where t.taken_at <= :lastTurn::timestamptz or t.taken_at > :impossible::timestamptz
                    returning provider)
                update recon.pending set claimed_until = :claimedUntil::timestamptz, wished_at = null
                where exists (select from turn) and trade_no in (select trade_no from due)
                returning *, false as spent""")
                .param("provider", provider.code())
                .param("appId", merchant.appId())
                .param("merchantId", merchant.merchantId())
                .param("now", now.toString())
                .param("lastTurn", now.minus(Limits.BETWEEN_TURNS).toString())
                .param("impossible", now.plus(Limits.CLOCKS_DIFFER).toString())
                .param("claimedUntil", now.plus(Limits.CLAIM).toString())
                .param("impossibleClaim", now.plus(Limits.CLAIM).plus(Limits.CLOCKS_DIFFER).toString())
                .param("sharing", Limits.DUE_SHARING_A_TURN)
                .param("most", most)
                .query((row, _) -> order(row))
                .list();
    }

    /// When an order that was asked about is asked about next.
    ///
    /// @param known the provider's last answers that are in the log
    record Again(TradeNumber tradeNumber, Instant at, int failures, KnownAnswers known) {}

    /// Ends claims: the orders are queried again then, or sooner when that was requested after they were claimed. One that waits for the
    /// outcome of its payment waits on.
    void askAgain(Collection<Again> orders) {
        if (orders.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with again as (
                    select * from unnest(:tradeNos::text[], :ats::timestamptz[], :failures::integer[], :queries::text[], :closes::text[])
                        as a (trade_no, at, failures, known_query, known_close)),
                locked as (
                    select trade_no from recon.pending where trade_no in (select trade_no from again) order by trade_no for update)
                update recon.pending p set next_ask_at = case when p.next_ask_at is not null then least(a.at, p.wished_at) end,
                    failures = a.failures, checked = p.checked and p.wished_at is not null,
                    claimed_until = null, known_query = a.known_query, known_close = a.known_close
                from again a join locked using (trade_no) where p.trade_no = a.trade_no""")
                .param("tradeNos", texts(orders, order -> order.tradeNumber().value()))
                .param("ats", texts(orders, order -> order.at().toString()))
                .param("failures", orders.stream().map(Again::failures).toArray(Integer[]::new))
                .param("queries", texts(orders, order -> order.known().query()))
                .param("closes", texts(orders, order -> order.known().close()))
                .update();
    }

    /// The orders as they are now, with pages that were opened meanwhile.
    ///
    /// @param askedFor users whose open pages caused a question each, which is counted
    Map<TradeNumber, PendingOrder> find(Collection<TradeNumber> numbers, List<UserId> askedFor, Instant now) {
        return jdbc.sql("""
                with counted as (
                    insert into recon.watching as w (user_id, day, questions)
                    select user_id, :day::date, count(*) from unnest(:askedFor::text[]) as u (user_id) group by user_id order by user_id
                    on conflict (user_id) do update set day = excluded.day,
                        questions = excluded.questions + case when w.day = excluded.day then w.questions else 0 end
                    returning user_id, questions)
                select p.*, coalesce(c.questions, w.questions, 0) >= :budget as spent
                from recon.pending p left join counted c on c.user_id = p.user_id
                    left join recon.watching w on w.user_id = p.user_id and w.day = :day::date
                where trade_no = any(:tradeNos)""")
                .param("tradeNos", texts(numbers, TradeNumber::value))
                .param("askedFor", texts(askedFor, UserId::value))
                .param("day", day(now))
                .param("budget", Limits.WATCHED_QUESTIONS_PER_DAY)
                .query((row, _) -> order(row))
                .list()
                .stream()
                .collect(Collectors.toMap(PendingOrder::tradeNumber, Function.identity()));
    }

    /// How the pending orders stand.
    ///
    /// @param count     all of them, less those whose payment is confirmed
    /// @param overdue   whose time ended more than a day ago, and those whose confirmed payment has had no outcome for an hour
    /// @param unaskable whose account is not set up, and whose code may live
    /// @param unsettled whose account is not set up, and that can be paid no more. Whether they were is not known, so they stay
    /// @param oldestDue since when the one that has waited longest should have been asked for
    public record Measures(long count, long overdue, long unaskable, long unsettled, Optional<Instant> oldestDue) {}

    /// Counts the pending orders in one scan.
    ///
    /// @param accounts those that are set up
    public Measures measure(List<ProviderAccount> accounts, Instant now) {
        return jdbc.sql("""
                select count(*) filter (where not asleep) as count,
                    count(*) filter (where case when asleep then forgotten else expires_at < :before::timestamptz end) as overdue,
                    count(*) filter (where not asleep and not set_up and expires_at >= :before::timestamptz) as unaskable,
                    count(*) filter (where not asleep and not set_up and expires_at < :before::timestamptz) as unsettled,
                    min(next_ask_at) filter (where not asleep and set_up) as oldest_due
                from (
                    select expires_at, next_ask_at, next_ask_at is null as asleep,
                        next_ask_at is null and not exists (select from recon.payment m
                            where m.trade_no = p.trade_no and m.outcome = 'NONE' and m.since >= :outcomeSince::timestamptz) as forgotten,
                        (provider, app_id, merchant_id) in (
                            select * from unnest(:providers::text[], :appIds::text[], :merchantIds::text[])) as set_up
                    from recon.pending p)""")
                .param("outcomeSince", now.minus(Limits.OUTCOME_WITHIN).toString())
                .param("before", now.minus(Limits.NO_CODE_LIVES).toString())
                .param("providers", texts(accounts, account -> account.provider().code()))
                .param("appIds", texts(accounts, account -> account.merchant().appId()))
                .param("merchantIds", texts(accounts, account -> account.merchant().merchantId()))
                .query((row, _) -> new Measures(row.getLong("count"), row.getLong("overdue"), row.getLong("unaskable"),
                        row.getLong("unsettled"), instant(row, "oldest_due")))
                .single();
    }

    private static PendingOrder order(ResultSet row) throws SQLException {
        Optional<Instant> since = instant(row, "watched_since");
        Optional<Instant> until = instant(row, "watched_until");
        return new PendingOrder(
                new TradeNumber(row.getString("trade_no")),
                new PendingOrder.Account(new Provider(row.getString("provider")),
                        new Merchant(row.getString("app_id"), row.getString("merchant_id"))),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                new PendingOrder.Due(instant(row, "next_ask_at").orElse(null), instant(row, "wished_at"), row.getInt("failures"),
                        row.getBoolean("checked")),
                CancelState.valueOf(row.getString("cancelling")),
                new PendingOrder.Watching(Optional.ofNullable(row.getString("user_id")).map(UserId::new), row.getBoolean("spent"),
                        since.flatMap(from -> until.map(to -> new PendingOrder.Watched(from, to)))),
                new KnownAnswers(row.getBoolean("checked") ? "" : row.getString("known_query"), row.getString("known_close")));
    }

    private static String day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
