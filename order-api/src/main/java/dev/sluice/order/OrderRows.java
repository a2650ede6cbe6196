package dev.sluice.order;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.event.QuotaCredited;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.row.Columns;

/// The statements over many orders at once, each for a whole poll of the log. Orders are locked in the order of their numbers, so that two
/// transactions cannot wait for each other.
public class OrderRows {
    /// An update takes the last move of each order; the progress of a page needs all of them.
    private static final String MOVE = """
            with move as (
                select * from unnest(:tradeNos::text[], :versions::bigint[], :statuses::text[], :transactionIds::text[],
                    :lates::boolean[], :paidAts::timestamptz[], :creditedAts::timestamptz[], :creditedQuotas::bigint[],
                    :movedAts::timestamptz[]) as m (trade_no, version, status, transaction_id, late, paid_at, credited_at,
                    credited_quota, moved_at)),
            last as (select distinct on (trade_no) * from move order by trade_no, version desc),
            moved as (
                update orders.topup set version = last.version, status = last.status, transaction_id = last.transaction_id,
                    late = last.late, paid_at = last.paid_at, credited_at = last.credited_at, credited_quota = last.credited_quota
                from last where topup.trade_no = last.trade_no),
            kept as (
                insert into orders.progress (trade_no, version, status, transaction_id, late, paid_at, credited_at, credited_quota,
                    moved_at)
                select trade_no, version, status, transaction_id, late, paid_at, credited_at, credited_quota, moved_at
                from move where moved_at >= :shownSince::timestamptz
                on conflict (trade_no, version) do nothing)
            select pg_notify(:channel, payload) is null from unnest(:payloads::text[]) as p (payload)""";

    private final JdbcClient jdbc;
    private final Clock clock;

    public OrderRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// An order that is locked until the end of the transaction.
    ///
    /// @param creditedBy the payments that brought its owner quota
    /// @param credited   how much they brought
    public record Locked(TopUpOrder order, Set<TransactionId> creditedBy, long credited) {}

    /// A move of an order.
    ///
    /// @param version  of the order after it
    /// @param progress of the order after it
    /// @param at       when it happened
    public record Move(TradeNumber tradeNumber, int version, Progress progress, Instant at) {}

    /// Locks those of the orders that have a row.
    public List<Locked> lock(Set<TradeNumber> numbers) {
        return numbers.isEmpty()
                ? List.of()
                : jdbc.sql("""
                        select topup.*,
                            array(select c.transaction_id from orders.credit c
                                where c.trade_no = topup.trade_no and c.user_id = topup.user_id) as credited_by,
                            (select coalesce(sum(c.quota), 0) from orders.credit c
                                where c.trade_no = topup.trade_no and c.user_id = topup.user_id) as credited
                        from orders.topup where trade_no = any(:tradeNos) order by trade_no for update of topup""")
                        .param("tradeNos", Columns.texts(numbers, TradeNumber::value))
                        .query((row, _) -> new Locked(OrderRow.read(row), transactions(row.getArray("credited_by")),
                                row.getLong("credited")))
                        .list();
    }

    private static Set<TransactionId> transactions(Array column) throws SQLException {
        return Arrays.stream((String[]) column.getArray()).map(TransactionId::new).collect(Collectors.toSet());
    }

    /// Records that payments became quota of users, who need not be the orders' owners.
    public void recordCredits(Collection<QuotaCredited> credits) {
        if (credits.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with added as (
                    insert into orders.credit (trade_no, transaction_id, user_id, quota)
                    select * from unnest(:tradeNos::text[], :transactionIds::text[], :userIds::text[], :quotas::bigint[])
                    on conflict (trade_no, transaction_id) do nothing returning user_id, quota)
                insert into orders.user_quota (user_id, quota)
                select user_id, sum(quota) from added group by user_id order by user_id
                on conflict (user_id) do update set quota = user_quota.quota + excluded.quota""")
                .param("tradeNos", Columns.texts(credits, credit -> credit.tradeNumber().value()))
                .param("transactionIds", Columns.texts(credits, credit -> credit.transactionId().value()))
                .param("userIds", Columns.texts(credits, credit -> credit.userId().value()))
                .param("quotas", Columns.numbers(credits, credit -> credit.quota().units()))
                .update();
    }

    /// Moves locked orders, each by all of its moves, and notifies all instances of them once.
    public void move(List<Move> moves) {
        if (moves.isEmpty()) {
            return;
        }
        jdbc.sql(MOVE)
                .param("tradeNos", Columns.texts(moves, move -> move.tradeNumber().value()))
                .param("versions", Columns.numbers(moves, move -> (long) move.version()))
                .param("statuses", Columns.texts(moves, move -> move.progress().status().name()))
                .param("transactionIds", Columns.texts(moves, move -> text(move.progress().transactionId())))
                .param("lates", moves.stream().map(move -> move.progress().late()).toArray(Boolean[]::new))
                .param("paidAts", Columns.texts(moves, move -> text(move.progress().paidAt())))
                .param("creditedAts", Columns.texts(moves, move -> text(move.progress().creditedAt())))
                .param("creditedQuotas", Columns.numbers(moves, move -> move.progress().creditedQuota()))
                .param("movedAts", Columns.texts(moves, move -> move.at().toString()))
                .param("shownSince", Limits.progressKeptSince(clock))
                .param("channel", OrderTransitions.CHANNEL)
                .param("payloads", Payloads.of(moves.stream().map(move -> move.tradeNumber().value()).distinct().toList()))
                .query(Boolean.class)
                .list();
    }

    /// Deletes moves that no page needs any more.
    public void forgetProgress() {
        jdbc.sql("delete from orders.progress where moved_at < :shownSince::timestamptz")
                .param("shownSince", Limits.progressKeptSince(clock)).update();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
