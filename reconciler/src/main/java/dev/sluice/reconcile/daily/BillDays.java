package dev.sluice.reconcile.daily;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.provider.bill.BillOf;

/// The days of the accounts, as rows that several instances share. The one that locks a row works on its day; when it dies the lock is gone.
@Component
class BillDays {
    private final JdbcClient jdbc;

    BillDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// How far a day is. The rows contain the names.
    enum State {
        /// Its bill is missing.
        OPEN,
        /// Its bill is compared; what follows from it is not in the log.
        STORED,
        /// All is done.
        COMPLETE,
        /// Nothing happened.
        EMPTY
    }

    /// A day whose turn it is.
    ///
    /// @param emptySince when its provider first answered that nothing happened, or null
    record Due(BillOf of, State state, int attempts, @Nullable Instant emptySince) {}

    /// What comes next.
    record Next(State state, @Nullable Instant tryAt, @Nullable Instant emptySince, String answer) {}

    /// Adds the days up to yesterday, from the first order on.
    ///
    /// @param yesterday in Beijing
    /// @param readyAt   when its bill is asked for
    void ensure(BillOf yesterday, Instant startOfToday, Instant readyAt) {
        jdbc.sql("""
                insert into recon.bill_day (provider, account, day, next_try_at)
                select :provider, :account, day::date, :readyAt::timestamptz - (:yesterday::date - day::date) * interval '1 day'
                from generate_series(
                    greatest(:yesterday::date - :back, (
                        select (min(created_at) at time zone 'Asia/Shanghai')::date from recon.logged_order
                        where provider = :provider and account = :account and created_at < :today::timestamptz)),
                    :yesterday::date, interval '1 day') as day
                where not exists (
                        select from recon.bill_day where provider = :provider and account = :account and day = :yesterday::date)
                    and exists (
                        select from recon.logged_order
                        where provider = :provider and account = :account and created_at < :today::timestamptz)
                on conflict do nothing""")
                .param("provider", yesterday.provider().code())
                .param("account", yesterday.account())
                .param("yesterday", yesterday.day().toString())
                .param("today", startOfToday.toString())
                .param("readyAt", readyAt.toString())
                .param("back", Limits.DAYS_BACK)
                .update();
    }

    /// Locks a day whose turn it is until the end of the transaction.
    Optional<Due> lockDue(BillOf account, State state, Instant now) {
        return jdbc.sql("""
                select * from recon.bill_day
                where provider = :provider and account = :account and state = :state and next_try_at <= :now::timestamptz
                order by day limit 1 for update skip locked""")
                .param("provider", account.provider().code())
                .param("account", account.account())
                .param("state", state.name())
                .param("now", now.toString())
                .query((row, _) -> due(account, row))
                .optional();
    }

    private static Due due(BillOf account, ResultSet row) throws SQLException {
        var emptySince = row.getTimestamp("empty_since");
        return new Due(new BillOf(account.provider(), account.merchant(), row.getObject("day", LocalDate.class)),
                State.valueOf(row.getString("state")), row.getInt("attempts"), emptySince == null ? null : emptySince.toInstant());
    }

    /// Locks that day, whatever its state, and adds it when it is missing. Waits for an instance that works on it.
    void lock(BillOf of, Instant now) {
        jdbc.sql("""
                insert into recon.bill_day (provider, account, day, next_try_at) values (:provider, :account, :day, :now::timestamptz)
                on conflict (provider, account, day) do update set attempts = recon.bill_day.attempts""")
                .param("provider", of.provider().code()).param("account", of.account()).param("day", of.day())
                .param("now", now.toString()).update();
    }

    void move(BillOf of, Next next) {
        jdbc.sql("""
                update recon.bill_day set state = :state, next_try_at = coalesce(:tryAt::timestamptz, next_try_at),
                    empty_since = :emptySince::timestamptz, answer = :answer, attempts = attempts + 1
                where provider = :provider and account = :account and day = :day""")
                .param("state", next.state().name())
                .param("tryAt", Objects.toString(next.tryAt(), null))
                .param("emptySince", Objects.toString(next.emptySince(), null))
                .param("answer", next.answer())
                .param("provider", of.provider().code()).param("account", of.account()).param("day", of.day())
                .update();
    }

    /// Whether the day has all that it can have.
    boolean isSettled(BillOf of, LocalDate day) {
        return jdbc.sql("""
                select state <> 'OPEN' or exists (
                    select from recon.bill b where b.provider = d.provider and b.account = d.account and b.day = d.day)
                from recon.bill_day d where provider = :provider and account = :account and day = :day""")
                .param("provider", of.provider().code()).param("account", of.account()).param("day", day)
                .query(Boolean.class).optional().orElse(false);
    }

    /// Days that have no bill though it is late.
    ///
    /// @param before the last day whose bill should be there
    long late(LocalDate before) {
        return jdbc.sql("select count(*) from recon.bill_day where state in ('OPEN', 'STORED') and day <= :before").param("before", before)
                .query(Long.class).single();
    }
}
